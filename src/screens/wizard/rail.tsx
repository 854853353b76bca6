import { complaints, issuesUnder, rowNames, type SectionState, sectionStates } from "../../engine/wizard/selectors.ts";
import { startsWith } from "../../engine/wizard/tree.ts";
import type { Program } from "../app/program.ts";
import type { AppState, Session } from "../app/state.ts";
import { Lines } from "../ui/lines.tsx";
import { justify, type Line, lineWidth, span } from "../ui/spans.ts";
import { type Theme, useTheme } from "../ui/theme.tsx";

/** The columns of the rail, its frame and the gap behind it included. */
const railWidth = 27;

/** The columns from which the sections stand at the left edge. */
const railFrom = 100;

/** Whether the sections stand at the left edge. */
export const hasRail = ({ screen, session, size }: AppState): boolean =>
  size.columns >= railFrom && screen === "wizard" && session !== undefined;

/** The columns beside the rail; all of them where it is not shown. */
export const besideRail = (state: AppState): number => state.size.columns - (hasRail(state) ? railWidth : 0);

/** The sections with their state at the left edge, framed; the highlight is that of the list of sections when it is open. */
export function Rail({ program, state, session, height }: { program: Program; state: AppState; session: Session; height: number }) {
  const theme = useTheme();
  const open = state.overlays.at(-1);
  const cursor = open?.type === "sections" ? open.cursor : undefined;
  const inner = railWidth - 3;
  const sections = sectionStates(program.ports.form, session.wizard);
  const room = height - 2 - sections.length - 2;
  const all = cursor === undefined ? sections.map(({ key }) => rowLines(program, session, key, theme, inner)) : [];
  const rows = fitting(all, room);
  const lines = sections.flatMap((section, at) => [
    sectionLine(cursor === undefined ? section : { ...section, current: at === cursor }, theme, inner),
    ...(rows[at] ?? []),
  ]);
  const review = cursor === undefined ? session.wizard.level.length === 0 : cursor === sections.length;
  const last: Line = [span(review ? ` ${theme.symbols.point} ` : "   ", "accent"), span("Review & deploy", undefined, { bold: review })];
  return <Lines lines={framed([...lines, [], last], inner, height, theme)} width={railWidth} height={height} />;
}

/** The lines in a frame with a title, exactly `height` rows high. */
function framed(lines: readonly Line[], inner: number, height: number, { symbols }: Theme): Line[] {
  const { bar, rule, corners } = symbols;
  const edge = span(bar, "muted");
  const title = ` Sections `;
  const top: Line = [
    span(`${corners[0]}${rule}`, "muted"),
    span(title),
    span(`${rule.repeat(inner - 1 - title.length)}${corners[1]}`, "muted"),
  ];
  const bottom: Line = [span(`${corners[2]}${rule.repeat(inner)}${corners[3]}`, "muted")];
  const rows = Array.from({ length: Math.max(0, height - 2) }, (_, at): Line => {
    const line = lines[at] ?? [];
    return [edge, ...line, span(" ".repeat(Math.max(0, inner - lineWidth(line)))), edge];
  });
  return [top, ...rows, bottom];
}

/** What fits of the rows of all sections: the longest list gives way first, and says how many more there are. */
function fitting(all: readonly RailRow[][], room: number): Line[][] {
  const shown = all.map((rows) => rows.length);
  const taken = (count: number, at: number) => (count < (all[at]?.length ?? 0) ? count + 1 : count);
  const sum = () => shown.reduce((total, count, at) => total + taken(count, at), 0);
  while (sum() > room) {
    const longest = shown.indexOf(Math.max(...shown));
    if ((shown[longest] ?? 0) === 0) return [];
    // Where the first one gives way, the line that says so takes its place: only the second makes room.
    shown[longest] = (shown[longest] ?? 0) - 1;
  }
  return all.map((rows, at) => {
    const count = shown[at] ?? 0;
    if (count === rows.length) return rows.map(({ line }) => line);
    // What is wrong or open stays in sight before what is not.
    const kept = new Set([...rows.keys()].sort((a, b) => Number(rows[b]?.matters) - Number(rows[a]?.matters) || a - b).slice(0, count));
    const more: Line = [span(`       ${rows.length - count} more`, "muted")];
    return [...rows.filter((_, index) => kept.has(index)).map(({ line }) => line), more];
  });
}

/** A row of a section in the rail; `matters`: it is open, or something is wrong in it. */
interface RailRow {
  readonly line: Line;
  readonly matters: boolean;
}

/** The rows of a list section by their names; what is wrong in one stands there, too. */
function rowLines(program: Program, { wizard }: Session, section: string, theme: Theme, width: number): RailRow[] {
  const issues = complaints(program.ports.form, wizard);
  return rowNames(program.ports.form, wizard.profile, section).map(({ path, name }) => {
    const wrong = issuesUnder(issues, path);
    const tone = wrong.some(({ severity }) => severity === "error") ? "bad" : "warn";
    const here = wizard.level.length > 1 && startsWith(wizard.level, path);
    const left: Line = [span("       "), span(name, here ? "accent" : "muted", { bold: here })];
    const line = justify(left, wrong.length > 0 ? [span("! ", tone)] : [], width, theme.symbols.more);
    return { line, matters: here || wrong.length > 0 };
  });
}

/** One section of the rail: its state as a sign, its name, its rows and its problems. */
export function sectionLine(section: SectionState, theme: Theme, width: number, name = section.short): Line {
  const { symbols } = theme;
  const sign =
    section.errors > 0
      ? span("!", "bad")
      : section.warnings > 0
        ? span("!", "warn")
        : section.filled
          ? span(symbols.check, "good")
          : span(symbols.dot, "muted");
  const pointer = span(section.current ? ` ${symbols.point} ` : "   ", "accent");
  const counts = `${section.rows ? section.rows : ""}${section.errors + section.warnings > 0 ? ` ${section.errors + section.warnings}!` : ""}`;
  return justify(
    [pointer, sign, span(" "), span(name, section.current ? "accent" : undefined, { bold: section.current })],
    counts === "" ? [] : [span(`${counts} `, section.errors > 0 ? "bad" : "muted")],
    width,
    symbols.more,
  );
}
