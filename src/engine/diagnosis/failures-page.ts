import type { Cause, Origin, Rootness } from "./catalogue/cause.ts";
import { topics } from "./catalogue/index.ts";
import { fill } from "./fill.ts";

const rootnesses: Readonly<Record<Rootness, string>> = {
  root: "states the cause",
  symptom: "a symptom: the cause is elsewhere",
  consequence: "only follows from another failure",
  info: "no failure",
};

const origins: Readonly<Record<Origin, string>> = {
  "cfn-event": "stack events",
  "cfn-api": "answers of CloudFormation",
  "ecs-event": "service events",
  "ecs-api": "answers of ECS",
  task: "stopped tasks",
  "task-log": "container logs",
  sdk: "our own calls",
};

const longestSample = 400;

/** A message in a block of its own, so that nothing in it is read as Markdown. */
function sampleBlock(message: string | undefined): string | undefined {
  if (message === undefined) return undefined;
  const cut = message.length > longestSample ? `${message.slice(0, longestSample - 1)}…` : message;
  return `Looks like:\n\n~~~text\n${cut}\n~~~`;
}

function entry(cause: Cause, sample: string | undefined): string {
  const facts = [
    `\`${cause.id}\` · ${rootnesses[cause.rootness]} · seen in ${cause.origins.map((origin) => origins[origin]).join(", ")}`,
    cause.lookNext && `look next at: ${cause.lookNext.join(", ")}`,
  ].filter((part) => part);
  const list = (lines: readonly string[]) => lines.map((line, at) => `${at + 1}. ${line}`).join("\n");
  return [
    `### ${fill(cause.title, {})}`,
    facts.join(" · "),
    sampleBlock(sample),
    fill(cause.cause, {}),
    list(cause.fix.map((step) => fill(step, { command: fill(cause.command ?? "", {}) })).filter((step) => step !== "")),
    cause.fields.length > 0 && `Fields: ${cause.fields.map((field) => `\`${field}\``).join(", ")}`,
    cause.docs.map((link) => `<${link}>`).join(" · "),
  ]
    .filter((part) => part)
    .join("\n\n");
}

const anchor = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\w -]/g, "")
    .replaceAll(" ", "-");

/** The page docs/failures.md: every cause the program knows, by topic, in Markdown; `samples` holds a real message by class. */
export function failuresPage(samples: ReadonlyMap<string, string>): string {
  const count = topics.reduce((sum, topic) => sum + topic.causes.length, 0);
  return `${[
    "# Failures and what to do",
    `The ${count} failures that \`ecs-wizard\` recognises and explains: in \`deploy\`, \`watch\` and \`errors\`, and for any pasted text with \`ecs-wizard explain\`. There the steps carry your own values. To find a message here, search the page for a few of its words that name nothing of your own. This page is generated from src/engine/diagnosis/catalogue; \`npm run docs\` writes it anew.`,
    topics.map((topic) => `- [${topic.title}](#${anchor(topic.title)}) (${topic.causes.length})`).join("\n"),
    ...topics.flatMap((topic) => [`## ${topic.title}`, ...topic.causes.map((cause) => entry(cause, samples.get(cause.id)))]),
  ].join("\n\n")}\n`;
}
