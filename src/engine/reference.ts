/** The reference page of the profile format, made from the sections. */
import { listed } from "./rules/text.ts";
import { type Field, type Fields, namedChoices } from "./schema.ts";
import { sections } from "./sections/index.ts";

/** The page as Markdown. */
export function referencePage(): string {
  return `${[introduction, ...sections.map(({ key, title, field }, at) => sectionText(at + 1, key, title, field))].join("\n\n")}\n`;
}

const introduction = `# Profile reference

<!-- Made from src/engine/sections by scripts/generate-reference.ts. Change the sections, not this page. -->

A profile says everything about one deployment: a Fargate task definition and an ECS service, deployed together as one
CloudFormation stack. It is a YAML or JSON file with the keys below; an unknown key is an error.

Every single value may be a text with \`#{…}\` expressions instead. Numbers and booleans may be written as text
(\`"256"\`, \`"true"\`). The file begins with \`version: 1\` and the profile's \`name\`; behind the sections, \`variables\` holds
values for \`#{Name}\`, and \`{sensitive: true}\` for those that are given at each deployment and never stored.

A list is written as one (\`command: ["npm", "start"]\`), also when it has one item; a text stands in its place only when it
holds an expression, which may give several items (a JSON list; ids also as \`a, b\`), and as the command of a health check.

For completion and checks while typing, run \`ecs-wizard schema > ecs-wizard.schema.json\` beside the profile and begin it with
\`# yaml-language-server: $schema=ecs-wizard.schema.json\`.

In exported templates references are written in their long form (\`Ref\`, \`Fn::GetAtt\`), so that YAML and JSON say the same.`;

function sectionText(number: number, key: string, title: string, field: Field): string {
  const fields = "fields" in field ? field.fields : {};
  const list = field.kind === "list" ? ` A list${limits(field)}.` : "";
  return [`## ${number}. ${title}: \`${key}\``, `${field.help}${list}`, ...fieldTexts(fields, key)].join("\n\n");
}

function fieldTexts(fields: Fields, place: string): string[] {
  const rows = Object.entries(fields).filter(([, field]) => field.kind !== "note");
  const table = ["| key | value | meaning |", "|---|---|---|", ...rows.map(([key, field]) => row(key, field))].join("\n");
  const inner = rows.flatMap(([key, field]) =>
    "fields" in field ? [`### \`${place}.${key}\``, ...fieldTexts(field.fields, `${place}.${key}`)] : [],
  );
  return [table, ...inner];
}

function row(key: string, field: Field): string {
  const links = [field.docs ? `[AWS](${field.docs})` : "", field.property ? `\`${field.property}\`` : ""].filter(Boolean).join(" · ");
  const fargate = field.fargate ? `**Not on Fargate:** ${field.fargate}` : "";
  const meaning = [field.help, fargate, links].filter(Boolean).join(" ");
  return `| \`${key}\` | ${cell(valueText(field))} | ${cell(meaning)} |`;
}

const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("\n", " ");

function valueText(field: Field): string {
  const said = [typeText(field), needText(field)].filter(Boolean);
  return said.join("; ");
}

function typeText(field: Field): string {
  switch (field.kind) {
    case "number":
      return `number${field.unit ? ` (${field.unit})` : ""}${range(field)}`;
    case "toggle":
      return "true or false";
    case "choice":
      return listed(
        namedChoices(field).map((value) => `\`${value}\``),
        "or",
      );
    case "texts":
    case "picks":
      return `list of texts${limits(field)}`;
    case "map":
      return "names with values";
    case "list":
      return `list${limits(field)}`;
    case "group":
      return field.absentWord ? `\`${field.absentWord}\`, or keys` : "keys";
    default:
      return "text";
  }
}

function needText(field: Field): string {
  if ("default" in field && field.default !== undefined && field.default !== "") return `default \`${field.default}\``;
  if (field.kind !== "group" && "required" in field && field.required) return "**required**";
  return "assumed" in field && field.assumed !== undefined ? `AWS assumes \`${field.assumed}\`` : "";
}

function range({ min, max }: { readonly min?: number; readonly max?: number }): string {
  if (min !== undefined && max !== undefined) return `, ${min} to ${max}`;
  if (min !== undefined) return `, at least ${min}`;
  return max === undefined ? "" : `, at most ${max}`;
}

function limits({ min = 0, max }: { readonly min?: number; readonly max?: number }): string {
  if (min > 0 && max !== undefined) return `, ${min} to ${max}`;
  if (max !== undefined) return `, at most ${max}`;
  return min > 0 ? `, at least ${min}` : "";
}
