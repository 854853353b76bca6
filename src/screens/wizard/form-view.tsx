import { Box } from "ink";
import type { ReactNode } from "react";
import type { Path } from "../../engine/schema.ts";
import { entriesOf } from "../../engine/wizard/entries.ts";
import { sectionIndex } from "../../engine/wizard/position.ts";
import { breadcrumb, complaints, effectiveOrTyped, issuesOf, issuesUnder } from "../../engine/wizard/selectors.ts";
import { currentEntries, focused } from "../../engine/wizard/state.ts";
import { getAt } from "../../engine/wizard/tree.ts";
import { textAt } from "../../engine/wizard/typing.ts";
import { identityProblem, identityWords } from "../app/credentials.ts";
import type { Program } from "../app/program.ts";
import type { AppState, Session } from "../app/state.ts";
import { panelFor } from "../overlays/panel.tsx";
import { Lines } from "../ui/lines.tsx";
import { justify, type Line, scrollTo, span, widthOf, wrap } from "../ui/spans.ts";
import { type Theme, useTheme } from "../ui/theme.tsx";
import { entryLine, type FormView } from "./entry-line.ts";
import { misfitWords } from "./misfits.ts";
import { askFor, itemsOf, queryKey } from "./queries.ts";
import { columnWidths, rowColumns } from "./row-columns.ts";

/** The open section, row or list: its fields, an open picker under the focused one, and the help at the bottom. */
export function FormScreen({
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
  const helpHeight = height > 18 ? 5 : height > 11 ? 3 : 2;
  const help = cutTo(helpLines(program, state, session, width - 2, theme), helpHeight, width, theme);
  const bodyHeight = Math.max(3, height - helpHeight - 2);
  return (
    <Box flexDirection="column" width={width} height={height} flexShrink={0}>
      <Lines lines={[titleLine(program, session, width, theme)]} width={width} height={1} />
      <FormBody program={program} state={state} session={session} width={width} height={bodyHeight} />
      <Lines lines={[[span(theme.symbols.rule.repeat(width), "muted")]]} width={width} height={1} />
      <Lines lines={help} width={width} height={helpHeight} />
    </Box>
  );
}

/** The first lines; where more would follow, the last of them says where the rest is. */
function cutTo(lines: readonly Line[], height: number, width: number, theme: Theme): readonly Line[] {
  if (lines.length <= height) return lines;
  return [...lines.slice(0, height - 1), justify(lines[height - 1] ?? [], [span("more: ? ", "muted")], width, theme.symbols.more)];
}

function titleLine(program: Program, { wizard }: Session, width: number, theme: Theme): Line {
  const crumbs = breadcrumb(program.ports.form, wizard);
  const at = sectionIndex(program.ports.form, wizard) + 1;
  const words = crumbs.flatMap((crumb, index) => [
    ...(index > 0 ? [span(` ${theme.symbols.into} `, "muted")] : []),
    span(crumb, index === crumbs.length - 1 ? "accent" : "plain", { bold: index === crumbs.length - 1 }),
  ]);
  return justify([span(" "), ...words], [span(`${at} of ${program.ports.form.sections.length} `, "muted")], width, theme.symbols.more);
}

function FormBody({
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
  const { form } = program.ports;
  const entries = currentEntries(form, session.wizard);
  const view = formView(program, state, session, width, theme);
  const focus = focused(form, session.wizard);
  const edit = state.overlays.length === 0 ? textAt(form, session.wizard) : undefined;
  const lines = entries.map((entry) => entryLine(view, entry, entry.id === focus?.id, entry.id === focus?.id ? edit : undefined));
  const at = Math.max(
    0,
    entries.findIndex((entry) => entry.id === focus?.id),
  );
  const panel = panelFor(program, state, Math.max(40, width - 4), Math.max(4, height - 1));
  const total = lines.length + (panel?.height ?? 0);
  const offset = scrollTo(total, height, at, at + (panel?.height ?? 0));
  return panel ? (
    <WithPanel lines={lines} at={at} offset={offset} width={width} height={height} panel={panel} />
  ) : (
    <Lines lines={lines.slice(offset, offset + height)} width={width} height={height} />
  );
}

function WithPanel({
  lines,
  at,
  offset,
  width,
  height,
  panel,
}: {
  lines: readonly Line[];
  at: number;
  offset: number;
  width: number;
  height: number;
  panel: { height: number; node: ReactNode };
}) {
  const above = lines.slice(Math.min(offset, at), at + 1).slice(-Math.max(1, height - panel.height));
  const left = Math.max(0, height - above.length - panel.height);
  return (
    <Box flexDirection="column" width={width} height={height} flexShrink={0} overflowY="hidden">
      <Lines lines={above} width={width} height={above.length} />
      <Box marginLeft={3} height={panel.height} flexShrink={0}>
        {panel.node}
      </Box>
      <Lines lines={lines.slice(at + 1, at + 1 + left)} width={width} height={left} />
    </Box>
  );
}

/** The columns in which a row says the beginning of what is wrong with it. */
const roomForMark = 20;

function formView(program: Program, state: AppState, session: Session, width: number, theme: Theme): FormView {
  const { form } = program.ports;
  const { wizard } = session;
  const evaluation = form.evaluate(wizard.profile);
  const entries = entriesOf(form, wizard.profile, wizard.level, wizard.open);
  const labels = entries.map((entry) =>
    entry.type === "field" || entry.type === "group"
      ? widthOf(entry.field.label) + 4 + 2 * entry.depth
      : entry.type === "fold"
        ? widthOf(entry.label) + 4
        : 0,
  );
  const rows = entries.flatMap((entry) =>
    entry.type === "row"
      ? [
          rowColumns(
            entry.list,
            effectiveOrTyped(evaluation.step, wizard.profile, entry.path),
            getAt(wizard.profile, entry.path),
            entry.index,
          ),
        ]
      : [],
  );
  const next = form.sections[sectionIndex(form, wizard) + 1];
  const issues = complaints(form, wizard);
  return {
    profile: wizard.profile,
    evaluation,
    issues,
    theme,
    width,
    labelWidth: Math.max(16, Math.min(Math.floor(width * 0.4), Math.max(...labels, 0))),
    nameOf: (path, value) => nameOf(program, state, path, value),
    misfit: (path) => misfitWords(program, state, path),
    nextTitle: next ? `Next: ${next.title}` : "Review & deploy",
    columns: columnWidths(rows, width - (issuesUnder(issues, wizard.level).length > 0 ? roomForMark : 0)),
  };
}

/** The name by which a picked value is known, from the answers at hand. */
export function nameOf(program: Program, state: AppState, path: Path, value: string): string | undefined {
  const asked = askFor(program, state, path);
  const items = "query" in asked ? itemsOf(state.found.get(queryKey(asked.query))) : undefined;
  const item = items?.find((one) => one.value === value);
  return item?.columns[0] || undefined;
}

/** What is wrong with the focused field, then its help. */
function helpLines(program: Program, state: AppState, session: Session, width: number, theme: Theme): Line[] {
  const { form } = program.ports;
  const entry = focused(form, session.wizard);
  if (!entry) return [];
  const issues = issuesOf(complaints(form, session.wizard), entry).slice(0, 2);
  const wrong = issues.flatMap(({ message, hint, severity }) =>
    wrap(`! ${message} ${hint}`, width).map((text): Line => [span(` ${text}`, severity === "error" ? "bad" : "warn")]),
  );
  const field = entry.type === "field" || entry.type === "group" ? entry.field : undefined;
  const text = field?.help ?? helpOf(entry, program);
  const plain = wrap(text, width).map((line): Line => [span(` ${line}`, "plain")]);
  const docs: Line[] = field?.docs
    ? [[span(" "), span(`documentation ${theme.unicode ? "↗" : "(under ?)"}`, "muted", { href: field.docs })]]
    : [];
  const misfit = entry.type === "field" ? misfitWords(program, state, entry.path) : undefined;
  const gone = misfit
    ? wrap(`! ${misfit}. It stays as it is until you change it.`, width).map((line): Line => [span(` ${line}`, "warn")])
    : [];
  const problem = session.wizard.level[0] === "target" ? identityProblem(state) : undefined;
  const access = problem ? wrap(`! ${identityWords(problem)}`, width).map((line): Line => [span(` ${line}`, "bad")]) : [];
  return [...access, ...wrong, ...gone, ...plain, ...docs];
}

function helpOf(entry: Exclude<ReturnType<typeof focused>, undefined>, program: Program): string {
  switch (entry.type) {
    case "fold":
      return entry.why ? `These settings exist in ECS, but Fargate rejects them. ${entry.why}` : "Settings that are rarely needed.";
    case "row":
      return entry.list.help;
    case "item":
      return entry.of.kind === "map"
        ? `${entry.of.help} One name=value a line.`
        : `${entry.of.help} One item a line; a pasted command line is split.`;
    case "add": {
      const section = program.ports.form.sections.find(({ key }) => key === entry.path[0]);
      return entry.path.length === 1 && section
        ? section.field.help
        : `Add ${entry.item === "name=value" ? "a pair" : `another ${entry.item}`}.`;
    }
    case "next":
      return "Go on to the next section. Everything can be changed later; nothing is lost by going on.";
    default:
      return "";
  }
}
