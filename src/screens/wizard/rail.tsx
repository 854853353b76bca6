import { Box } from "ink";
import { type SectionState, sectionStates } from "../../engine/wizard/selectors.ts";
import type { Program } from "../app/program.ts";
import type { AppState, Session } from "../app/state.ts";
import { Lines } from "../ui/lines.tsx";
import { justify, type Line, span } from "../ui/spans.ts";
import { type Theme, useTheme } from "../ui/theme.tsx";

/** The columns of the rail, its border included. */
export const railWidth = 27;
/** The columns from which the sections stand at the left edge. */
export const railFrom = 100;

/** The sections with their state at the left edge; the highlight is that of the list of sections when it is open. */
export function Rail({ program, state, session, height }: { program: Program; state: AppState; session: Session; height: number }) {
  const theme = useTheme();
  const open = state.overlays.at(-1);
  const cursor = open?.type === "sections" ? open.cursor : undefined;
  const sections = sectionStates(program.ports.form, session.wizard);
  const lines = sections.map((section, at) =>
    sectionLine(cursor === undefined ? section : { ...section, current: at === cursor }, theme, railWidth - 3),
  );
  const review = cursor === undefined ? session.wizard.level.length === 0 : cursor === sections.length;
  const all: Line[] = [
    [span(" Sections", "muted")],
    [],
    ...lines,
    [],
    [span(review ? ` ${theme.symbols.point} ` : "   ", "accent"), span("Review & deploy", undefined, { bold: review })],
  ];
  const edge = Array.from({ length: height }, (): Line => [span(theme.symbols.bar, "muted")]);
  return (
    <Box width={railWidth} height={height} flexShrink={0}>
      <Lines lines={all} width={railWidth - 2} height={height} />
      <Lines lines={edge} width={1} height={height} />
    </Box>
  );
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
    [pointer, sign, span(" "), span(name, undefined, { bold: section.current })],
    [span(counts, section.errors > 0 ? "bad" : "muted")],
    width,
  );
}
