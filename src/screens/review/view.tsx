import type { Field, Path } from "../../engine/schema.ts";
import { formatPath } from "../../engine/schema.ts";
import type { Evaluation } from "../../engine/wizard/form.ts";
import { isVisible } from "../../engine/wizard/form.ts";
import { isBound, valueText } from "../../engine/wizard/summary.ts";
import { getAt, isObject } from "../../engine/wizard/tree.ts";
import type { Program } from "../app/program.ts";
import type { AppState, Session } from "../app/state.ts";
import { compareProfiles } from "../profiles/compare.ts";
import { profileName } from "../profiles/save.ts";
import { Lines } from "../ui/lines.tsx";
import { justify, type Line, padTo, span, widthOf, wrap } from "../ui/spans.ts";
import { type Theme, useTheme } from "../ui/theme.tsx";
import { openChoices } from "./launch.ts";
import { problemsOf } from "./problems.ts";
import { commandLines, shellWord } from "./shell-word.ts";

/** Everything on one page as it will be deployed: problems first, then names, answers and the equivalent command. */
export function ReviewScreen({
  program,
  state,
  session,
  width,
  height,
}: {
  program: Program;
  state: AppState;
  session: Session;
  width: number;
  height: number;
}) {
  const theme = useTheme();
  const lines = reviewLines(program, state, session, width, theme);
  const room = reviewRoom(height);
  const offset = Math.max(0, Math.min(state.reviewOffset, lines.length - room));
  const more = lines.length > room ? `${Math.round((100 * Math.min(lines.length, offset + room)) / lines.length)} % ` : "";
  const title = justify([span(" Review & deploy", "accent", { bold: true })], [span(more, "muted")], width);
  return <Lines lines={[title, [], ...lines.slice(offset, offset + room)]} width={width} height={height} />;
}

/** The rows for the review's text, of those of its place. */
export const reviewRoom = (height: number): number => Math.max(1, height - 2);

/** The whole review, line by line. */
export function reviewLines(program: Program, state: AppState, session: Session, width: number, theme: Theme): Line[] {
  const { profile } = session.wizard;
  const evaluation = program.ports.form.evaluate(profile);
  return [
    ...problemLines(program, state, width, theme),
    ...changedLines(session),
    ...unsavedLines(session),
    ...openLines(program, session),
    heading("Names"),
    ...program.ports.outlook.names(profile).map(({ label, value }) => pair(label, value, "plain", 24)),
    ...costLines(program, session, width),
    [],
    ...program.ports.form.sections.flatMap((section) => {
      const inner = fieldLines(section.field, [section.key], evaluation, profile, 0);
      return inner.length > 0 ? [heading(section.title), ...inner, []] : [];
    }),
    heading("The same on the command line"),
    ...commandLines(equivalentCommand(program, session), width - 4).map((text): Line => [span(`   ${text}`)]),
    ...(isSaved(session) ? [] : [[span("   (save it first: s)", "muted")] as Line]),
  ];
}

const isSaved = ({ saved, wizard }: Session) => saved !== undefined && saved.profile === wizard.profile;

/** The command that deploys the same, to be pasted into a shell; what is asked at each deployment stands in capitals. */
function equivalentCommand(program: Program, { saved, wizard: { profile } }: Session): string[] {
  const name = saved?.name ?? profileName(profile);
  const open = openChoices(program, profile).map((one) =>
    one.kind === "image" ? `--image ${shellWord(`${one.container}=TAG`)}` : `--var ${shellWord(`${one.name}=VALUE`)}`,
  );
  return [`${program.about.command} deploy ${name === "" ? "PROFILE" : shellWord(name)}`, ...open, "--yes"];
}

const heading = (text: string): Line => [span(` ${text}`, "accent")];

const pair = (label: string, value: string, tone: "plain" | "muted", width: number): Line => [
  span(`   ${padTo(label, width)} `, "muted"),
  span(value, tone),
];

function problemLines(program: Program, state: AppState, width: number, theme: Theme): Line[] {
  const problems = problemsOf(program, state);
  if (problems.length === 0)
    return [[span(` ${theme.symbols.check} Nothing is missing and nothing contradicts: ready to deploy.`, "good")], []];
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const head: Line = [
    span(
      ` ${errors > 0 ? `${errors} ${errors === 1 ? "error" : "errors"}` : "No errors"}, ${problems.length - errors} ${problems.length - errors === 1 ? "warning" : "warnings"}`,
      errors > 0 ? "bad" : "warn",
      { bold: true },
    ),
    span("   p jumps to them in turn", "muted"),
  ];
  const lines = problems.flatMap((issue): Line[] => {
    const tone = issue.severity === "error" ? "bad" : "warn";
    return [
      [span(`   ! ${formatPath(issue.path)}  `, tone), span(issue.message)],
      ...wrap(issue.hint, width - 10).map((text): Line => [span(`       ${text}`, "muted")]),
    ];
  });
  return [head, ...lines, []];
}

/** After a failure: what was changed since that attempt. */
function changedLines({ failed, wizard }: Session): Line[] {
  if (!failed) return [];
  const changes = compareProfiles(failed, wizard.profile);
  const shown = changes.length > 0 ? changes : ["nothing yet"];
  return [heading("Changed since the failed attempt"), ...shown.map((text): Line => [span(`   ${text}`, "warn")]), []];
}

/** What saving would change in the file. */
function unsavedLines({ saved, wizard }: Session): Line[] {
  if (!saved) return [];
  const changes = compareProfiles(saved.profile, wizard.profile);
  if (changes.length === 0) return [];
  return [heading(`Not saved to ${saved.name} yet`), ...changes.map((text): Line => [span(`   ${text}`)]), []];
}

function openLines(program: Program, session: Session): Line[] {
  const open = openChoices(program, session.wizard.profile);
  if (open.length === 0) return [];
  return [
    heading("Asked at each deployment"),
    ...open.map((one) =>
      one.kind === "image" ? pair(`version of ${one.container}`, one.image, "plain", 24) : pair("variable", one.name, "plain", 24),
    ),
    [],
  ];
}

function costLines(program: Program, session: Session, width: number): Line[] {
  const cost = program.ports.outlook.cost?.(session.wizard.profile);
  return wrap(cost ?? "", Math.max(20, width - 30))
    .filter((text) => text !== "")
    .map((text, at) => pair(at === 0 ? "Estimated cost" : "", text, "plain", 24));
}

/** What a field comes to: defaults dimmed, expressions with their value. */
function fieldLines(field: Field, path: Path, evaluation: Evaluation, profile: object, depth: number): Line[] {
  if (field.kind === "note" || !isVisible(field, evaluation, path)) return [];
  const value = getAt(evaluation.step, path) ?? getAt(profile, path);
  if (value === undefined || value === "" || (Array.isArray(value) && value.length === 0)) return [];
  const indent = "  ".repeat(depth);
  if (field.kind === "group" && isObject(value)) {
    const inner = Object.entries(field.fields).flatMap(([key, one]) =>
      fieldLines(one, [...path, key], evaluation, profile, path.length > 1 ? depth + 1 : depth),
    );
    return path.length > 1 && inner.length > 0 ? [[span(`   ${indent}${field.label}`, "muted")], ...inner] : inner;
  }
  if (field.kind === "list" && Array.isArray(value)) {
    const rows = value.flatMap((row, index): Line[] => {
      const name = isObject(row) ? field.summary(row) : String(row);
      const inner = Object.entries(field.fields).flatMap(([key, one]) =>
        fieldLines(one, [...path, index, key], evaluation, profile, depth + 2),
      );
      const simple = Object.values(field.fields).every(({ kind }) => kind !== "list" && kind !== "group");
      return [[span(`   ${indent}  ${name || `${field.item} ${index + 1}`}`, "plain", { bold: !simple })], ...(simple ? [] : inner)];
    });
    return path.length > 1 ? [[span(`   ${indent}${field.label}`, "muted")], ...rows] : rows;
  }
  const typed = getAt(profile, path);
  const label = padTo(`${indent}${field.label}`, Math.max(24, widthOf(field.label) + 2 * depth));
  const given = isBound(typed) ? `  from ${String(typed)}` : "";
  return [[span(`   ${label} `, "muted"), span(valueText(field, value), typed === undefined ? "muted" : "plain"), span(given, "accent")]];
}
