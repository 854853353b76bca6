import { Box, Text } from "ink";
import type { PickerItem } from "../../engine/discovery.ts";
import type { MatchRange } from "../../engine/filter.ts";
import type { PickerOverlay } from "../app/state.ts";
import { FilterText } from "../ui/filter-text.tsx";
import { LineView } from "../ui/lines.tsx";
import { type Line, lineWidth, padTo, type Span, scrollTo, span, truncate, widthOf, wrap } from "../ui/spans.ts";
import { type Theme, useTheme } from "../ui/theme.tsx";
import { ageText } from "../ui/times.ts";
import type { PickerModel, PickerRow } from "./picker-model.ts";
import { measure } from "./picker-widths.ts";

/** An open picker: filter and counts in the upper border, the rows that fit, the state of the answer in the lower border. */
export function PickerPanel({
  model,
  overlay,
  now,
  width,
  height,
}: {
  model: PickerModel;
  overlay: PickerOverlay;
  now: number;
  width: number;
  height: number;
}) {
  const theme = useTheme();
  const inner = width - 4;
  // The signs of what is chosen are wider in ASCII.
  const widths = measure(model, theme.unicode ? inner : inner - 2);
  const words = stateWords(model, theme, inner, widths);
  const room = Math.max(1, height - 2 - words.length - 1);
  const offset = scrollTo(model.count, room, model.cursor, model.cursor);
  const shown = Array.from({ length: room }, (_, at) => model.rowAt(offset + at)).filter((row) => row !== undefined);
  const titles: Line =
    model.columns.length > 0 && model.total > 0
      ? [
          span(" ".repeat(2 + (theme.unicode ? 2 : 4))),
          ...model.columns.flatMap(({ title }, at) =>
            widths[at] ? [span(`${padTo(title, widths[at], theme.symbols.more)}  `, "muted")] : [],
          ),
        ]
      : [];
  const lines = [
    titles,
    ...shown.map((row, at) =>
      rowLine(row, offset + at === model.cursor, overlay.many, { widths, inner, whole: model.source?.status === "ready" }, theme),
    ),
    ...words,
  ];
  const body = [...lines, ...Array.from({ length: Math.max(0, height - 2 - lines.length) }, (): Line => [])].slice(0, height - 2);
  const [left, right, low, edge] = theme.unicode ? ["┌", "┐", "└", "│"] : ["+", "+", "+", "|"];
  const count = ` ${model.matches} of ${model.total}${model.source?.status === "loading" ? theme.symbols.more : ""} `;
  const corner = theme.unicode ? "┘" : "+";
  const age = [ageWords(model, now), model.where].filter(Boolean).join(theme.unicode ? " · " : ", ");
  return (
    <Box flexDirection="column" width={width} height={height}>
      <Box width={width} height={1}>
        <Text>{`${left} /`}</Text>
        <Box flexGrow={1} height={1} overflow="hidden">
          <FilterText
            state={overlay.filter}
            placeholder="type to filter, or a value of your own"
            width={Math.max(8, width - widthOf(count) - 8)}
          />
        </Box>
        <Text wrap="truncate">{`${theme.symbols.rule}${count}${right}`}</Text>
      </Box>
      <Box
        flexDirection="column"
        width={width}
        height={body.length}
        borderStyle={sides(edge)}
        borderTop={false}
        borderBottom={false}
        paddingX={1}
      >
        {body.map((line, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place in the panel
          <LineView key={at} line={line} width={inner} />
        ))}
      </Box>
      <LineView
        line={[
          span(
            `${low}${theme.symbols.rule}${age ? ` ${age} ` : ""}${theme.symbols.rule.repeat(Math.max(0, width - 3 - (age ? widthOf(age) + 2 : 0)))}${corner}`,
          ),
        ]}
        width={width}
      />
    </Box>
  );
}

/** A border of nothing but sides: drawn in one piece, unlike an edge in every row. */
const sides = (edge: string) => ({
  topLeft: "",
  top: "",
  topRight: "",
  left: edge,
  right: edge,
  bottomLeft: "",
  bottom: "",
  bottomRight: "",
});

/** A cell with the letters that match the filter marked. */
function cell(text: string, ranges: readonly MatchRange[], width: number, more: string, bold: boolean): Span[] {
  const shown = padTo(text, width, more);
  const spans: Span[] = [];
  let at = 0;
  for (const { start, end } of ranges) {
    spans.push(span(shown.slice(at, start), undefined, { bold }), span(shown.slice(start, end), "accent", { bold: true }));
    at = end;
  }
  return [...spans, span(`${shown.slice(at)}  `, undefined, { bold })];
}

function rowLine(
  row: PickerRow,
  highlighted: boolean,
  many: boolean,
  { widths, inner, whole }: { readonly widths: readonly number[]; readonly inner: number; readonly whole: boolean },
  theme: Theme,
): Line {
  const { symbols, unicode } = theme;
  const pointer = span(highlighted ? `${symbols.point} ` : "  ", "accent");
  const box = span(
    many || row.chosen ? `${row.chosen ? symbols.on : symbols.off} ` : unicode ? "  " : "    ",
    row.chosen ? "good" : "muted",
  );
  const bold = { bold: highlighted };
  switch (row.type) {
    case "item": {
      const cells = row.item.columns.flatMap((column, at) => {
        const ranges = row.ranges.filter((range) => range.column === at).toSorted((a, b) => a.start - b.start);
        return widths[at] === 0 ? [] : cell(column, ranges, widths[at] ?? 0, symbols.more, highlighted && at === 0);
      });
      const line: Line = [pointer, box, ...cells];
      return [...line, ...warningSpans(row.item, inner - lineWidth(line))];
    }
    case "typed":
      return [pointer, box, span(`use “${row.value}” as typed`, "accent", bold)];
    case "other":
      return [pointer, box, span(row.value, undefined, bold), span(whole ? "  not in the list" : "", "muted")];
    case "open":
      return [pointer, box, span("no version: chosen at each deployment", undefined, bold)];
  }
}

/** A warning where it can be read whole, else its sign: the highlighted row says the rest below the list. */
function warningSpans({ warning }: PickerItem, room: number): Line {
  if (!warning) return [];
  const words = `! ${warning}`;
  return [span(widthOf(words) <= room ? words : "!", "warn")];
}

/** What there is to say about the answer besides its rows. */
function stateWords(model: PickerModel, theme: Theme, width: number, widths: readonly number[]): Line[] {
  const { source } = model;
  const say = (text: string, tone: "muted" | "warn" | "bad") =>
    wrap(text, width)
      .slice(0, 4)
      .map((line): Line => [span(line, tone)]);
  if (model.blocked) return say(`${model.blocked} Or type the value.`, "warn");
  if (!source) return say(`Asking AWS${theme.symbols.more}`, "muted");
  if (source.status === "loading")
    return source.slow
      ? say(`AWS is slow to answer or asks us to slow down; still reading${theme.symbols.more} You may type the value.`, "warn")
      : source.items.length === 0
        ? say(`Asking AWS${theme.symbols.more}`, "muted")
        : [];
  if (source.status === "failed") {
    const { problem } = source;
    const what =
      problem.kind === "denied" && problem.action
        ? `Permission ${problem.action} is missing, so ${source.items.length > 0 ? "the list may be old or lack some" : "there is no list"}.`
        : problem.message;
    return [...say(what, "bad"), ...say(problem.hint, "warn"), ...say("Typing the value works all the same.", "warn")];
  }
  if (source.status === "ready" && source.items.length === 0) return say(model.empty, "muted");
  const row = model.rowAt(model.cursor);
  if (row?.type !== "item") return [];
  const words = rowWords(row.item, widths, theme.symbols.none).join(theme.unicode ? " · " : ", ");
  return words === "" ? [] : [[span(truncate(words, width, theme.symbols.more), row.item.warning ? "warn" : "muted")]];
}

/** What there is to say about the highlighted row: its warning, the columns there was no room for, and more than its columns tell. */
function rowWords({ value, detail, warning, columns }: PickerItem, widths: readonly number[], none: string): string[] {
  const hidden = columns.filter((column, at) => column !== "" && column !== none && (widths[at] ?? 0) < widthOf(column));
  const more = [...hidden, detail ?? "", columns.includes(value) ? "" : value].filter((text) => text !== "");
  return [...(warning ? [`! ${warning}`] : []), ...new Set(more)];
}

function ageWords(model: PickerModel, now: number): string {
  const { source } = model;
  if (!source || source.status === "blocked" || source.at === undefined) return "";
  const age = ageText(now - source.at);
  if (source.status === "loading" && source.stale) return `as of ${age} ago, refreshing`;
  if (source.status === "failed") return `as of ${age} ago, not refreshed`;
  return source.status === "ready" ? (now - source.at < 60_000 ? "" : `read ${age} ago`) : "";
}
