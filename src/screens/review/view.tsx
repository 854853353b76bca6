import { counted } from "../../engine/rules/text.ts";
import { formatPath } from "../../engine/schema.ts";
import { shellWord } from "../../engine/shell-word.ts";
import type { Program } from "../app/program.ts";
import type { AppState, Session } from "../app/state.ts";
import { compareProfiles } from "../profiles/compare.ts";
import { profileName } from "../profiles/save.ts";
import { Lines } from "../ui/lines.tsx";
import { justify, type Line, span, wrap } from "../ui/spans.ts";
import { type Theme, useTheme } from "../ui/theme.tsx";
import { checkLines, predictedText } from "./checks.ts";
import { commandLines } from "./command-lines.ts";
import { fieldLines, hanging, heading, pair, withoutSecrets } from "./field-lines.ts";
import { openChoices } from "./launch.ts";
import { problemsOf } from "./problems.ts";

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
  const shown = { evaluation: withoutSecrets(program.ports.form.evaluate(profile)), profile, width };
  return [
    ...problemLines(program, state, width, theme),
    ...checkLines(state, width, theme),
    ...changedLines(session, width),
    ...unsavedLines(session, width),
    ...openLines(program, session, width),
    heading("Names"),
    ...program.ports.outlook.names(profile).flatMap(({ label, value }) => pair(label, value, width)),
    ...costLines(program, session, width),
    [],
    ...program.ports.form.sections.flatMap((section) => {
      const inner = fieldLines(section.field, [section.key], shown, 0);
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

function problemLines(program: Program, state: AppState, width: number, theme: Theme): Line[] {
  const problems = problemsOf(program, state);
  const predicted = state.checks ? predictedText(state.checks.results) : "";
  if (problems.length === 0 && predicted !== "")
    return [
      ...hanging([span(" ! ", "warn")], `Nothing is missing and nothing contradicts: ready to deploy, but ${predicted}.`, width, 3, "warn"),
      [],
    ];
  if (problems.length === 0)
    return [
      ...hanging(
        [span(` ${theme.symbols.check} `, "good")],
        "Nothing is missing and nothing contradicts: ready to deploy.",
        width,
        3,
        "good",
      ),
      [],
    ];
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const head: Line = [
    span(
      ` ${errors > 0 ? counted(errors, "error") : "No errors"}, ${counted(problems.length - errors, "warning")}`,
      errors > 0 ? "bad" : "warn",
      { bold: true },
    ),
    span("   p jumps to them in turn", "muted"),
  ];
  const lines = problems.flatMap((issue): Line[] => {
    const tone = issue.severity === "error" ? "bad" : "warn";
    return [
      ...hanging([span(`   ! ${formatPath(issue.path)}  `, tone)], issue.message, width, 7),
      ...wrap(issue.hint, width - 10).map((text): Line => [span(`       ${text}`, "muted")]),
    ];
  });
  return [head, ...lines, []];
}

/** After a failure: what was changed since that attempt. */
function changedLines({ failed, wizard }: Session, width: number): Line[] {
  if (!failed) return [];
  const changes = compareProfiles(failed, wizard.profile);
  const shown = changes.length > 0 ? changes : ["nothing yet"];
  return [heading("Changed since the failed attempt"), ...shown.flatMap((text) => hanging([span("   ")], text, width, 5, "warn")), []];
}

/** What saving would change in the file. */
function unsavedLines({ saved, wizard }: Session, width: number): Line[] {
  if (!saved) return [];
  const changes = compareProfiles(saved.profile, wizard.profile);
  if (changes.length === 0) return [];
  return [heading(`Not saved to ${saved.name} yet`), ...changes.flatMap((text) => hanging([span("   ")], text, width, 5)), []];
}

function openLines(program: Program, session: Session, width: number): Line[] {
  const open = openChoices(program, session.wizard.profile);
  if (open.length === 0) return [];
  return [
    heading("Asked at each deployment"),
    ...open.flatMap((one) =>
      one.kind === "image" ? pair(`version of ${one.container}`, one.image, width) : pair("variable", one.name, width),
    ),
    [],
  ];
}

function costLines(program: Program, session: Session, width: number): Line[] {
  const cost = program.ports.outlook.cost?.(session.wizard.profile);
  return cost ? pair("Estimated cost", cost, width) : [];
}
