import { Box } from "ink";
import { sectionStates } from "../../engine/wizard/selectors.ts";
import { layersUnder } from "../app/layers.ts";
import type { Program } from "../app/program.ts";
import type { AppState, Overlay } from "../app/state.ts";
import { FilterText } from "../ui/filter-text.tsx";
import { Lines } from "../ui/lines.tsx";
import { justify, type Line, padTo, scrollTo, span, truncate, widthOf, wrap } from "../ui/spans.ts";
import { textView } from "../ui/text-view.ts";
import { type Theme, useTheme } from "../ui/theme.tsx";
import { sectionLine } from "../wizard/rail.tsx";
import { askForVpcs } from "../wizard/vpcs.ts";
import { helpContent } from "./help.ts";
import { foundFields } from "./search.ts";
import { questionLines, viewerLines } from "./viewer-lines.ts";

/** The title and the empty line below it. */
const headHeight = 2;

/** An overlay that takes the place of the screen's body. */
export function OverlayView({
  program,
  state,
  overlay,
  width,
  height,
}: {
  program: Program;
  state: AppState;
  overlay: Overlay;
  width: number;
  height: number;
}) {
  const theme = useTheme();
  const { title, lines, focus } = overlayContent(program, state, overlay, width, theme);
  const filter = overlay.type === "search" ? overlay.filter : undefined;
  const room = Math.max(1, height - headHeight - (filter ? 2 : 0));
  const reading = overlay.type === "help" || overlay.type === "viewer" || overlay.type === "confirm";
  const offset = reading ? Math.max(0, Math.min(overlay.offset ?? 0, lines.length - room)) : scrollTo(lines.length, room, focus, focus);
  const where = reading && lines.length > room ? `lines ${offset + 1} to ${Math.min(lines.length, offset + room)} of ${lines.length} ` : "";
  const head: Line[] = [justify([span(` ${title}`, "accent", { bold: true })], [span(where, "muted")], width, theme.symbols.more), []];
  return (
    <Box flexDirection="column" width={width} height={height} flexShrink={0} overflowY="hidden">
      <Lines lines={head} width={width} height={head.length} />
      {filter ? (
        <Box paddingLeft={1} height={2} flexShrink={0}>
          <FilterText state={filter} placeholder="name of a field" width={width - 4} />
        </Box>
      ) : null}
      <Lines lines={lines.slice(offset, offset + room)} width={width} height={room} />
    </Box>
  );
}

/** An overlay's title and lines, and the line that has the highlight or the cursor. */
export function overlayContent(
  program: Program,
  state: AppState,
  overlay: Overlay,
  width: number,
  theme: Theme,
): { title: string; lines: readonly Line[]; focus: number } {
  const point = (on: boolean) => span(on ? ` ${theme.symbols.point} ` : "   ", "accent");
  switch (overlay.type) {
    case "search": {
      const found = foundFields(program, state, overlay.filter.text);
      const cursor = Math.min(overlay.cursor, found.length - 1);
      const label = Math.min(Math.floor(width / 2), Math.max(0, ...found.map((field) => widthOf(field.label))));
      const lines = found.map(
        (field, at): Line => [
          point(at === cursor),
          span(padTo(field.label, label, theme.symbols.more), undefined, { bold: at === cursor }),
          span(`  ${field.where}`, "muted"),
        ],
      );
      return { title: "Go to a field", lines: lines.length > 0 ? lines : [[span("   No field has that name.", "muted")]], focus: cursor };
    }
    case "sections": {
      const sections = state.session ? sectionStates(program.ports.form, state.session.wizard) : [];
      const lines = sections.map((section, at) =>
        sectionLine({ ...section, current: at === overlay.cursor }, theme, Math.min(40, width), section.title),
      );
      return {
        title: "Sections",
        lines: [...lines, [point(overlay.cursor === sections.length), span("Review & deploy")]],
        focus: overlay.cursor,
      };
    }
    case "vpc": {
      const items = askForVpcs(program, state);
      const widths = [0, 1, 2].map((at) => Math.min(32, Math.max(0, ...items.map(({ columns }) => widthOf(columns[at] ?? "")))));
      const lines = items.map(({ columns }, at): Line => {
        const bold = at === overlay.cursor;
        const cells = widths.flatMap((cell, column) => (cell > 0 ? [padTo(columns[column] ?? "", cell, theme.symbols.more)] : []));
        return [point(bold), span(cells.join("  "), undefined, { bold }), span(`  ${columns.slice(3).join("  ")}`, "muted")];
      });
      return {
        title: "In which VPC to look",
        lines: lines.length > 0 ? lines : [[span("   No VPC is known here; type the values by hand.", "muted")]],
        focus: overlay.cursor,
      };
    }
    case "help":
      return { title: "Help", lines: helpContent(program, state, layersUnder(program, state), width, theme), focus: 0 };
    case "viewer":
      return { title: overlay.title, lines: viewerLines(overlay, width), focus: 0 };
    case "confirm":
      return { title: overlay.title, lines: questionLines(overlay, width), focus: 0 };
    case "prompt": {
      const { lines, at } = promptLines(overlay, width, theme);
      const error: Line[] = overlay.error ? [[], [span(`   ! ${overlay.error}`, "bad")]] : [];
      const help = wrap(overlay.help, width - 4).map((line): Line => [span(`   ${line}`, "muted")]);
      const rows = (overlay.rows ?? []).map((row): Line => [span(`   ${row}`)]);
      return { title: overlay.title, lines: [...lines, ...error, [], ...help, ...(rows.length > 0 ? [[], ...rows] : [])], focus: at };
    }
    default:
      return { title: "", lines: [], focus: 0 };
  }
}

/** The text of a prompt, line by line, with the cursor in its own. */
function promptLines(overlay: Extract<Overlay, { type: "prompt" }>, width: number, theme: Theme): { lines: Line[]; at: number } {
  const { text, cursor } = overlay.text;
  const at = text.slice(0, cursor).split("\n").length - 1;
  let start = 0;
  const lines = text.split("\n").map((line, index): Line => {
    const begin = start;
    start += line.length + 1;
    if (index !== at) return [span(`   ${truncate(overlay.mask ? "•".repeat(line.length) : line, width - 4, theme.symbols.more)}`)];
    return [
      span(" "),
      span(theme.symbols.point, "accent"),
      span(" "),
      ...textView({ text: line, cursor: cursor - begin }, width - 4, theme, { mask: overlay.mask ?? false }),
    ];
  });
  return { lines, at };
}
