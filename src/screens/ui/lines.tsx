import { Box, Text } from "ink";
import { memo } from "react";
import { type Line, oneLine, type Span, truncateLine } from "./spans.ts";
import { type Theme, type Tone, useTheme } from "./theme.tsx";

type Codes = Readonly<Record<Tone, readonly (readonly [number, number])[]>>;

/** The codes that turn each tone on and off again: the terminal's own colours. */
const onDark: Codes = {
  good: [[32, 39]],
  bad: [[31, 39]],
  warn: [[33, 39]],
  accent: [[36, 39]],
  muted: [[2, 22]],
  plain: [],
};

/** Magenta and blue where yellow and cyan would fade into the background. */
const onLight: Codes = { ...onDark, warn: [[35, 39]], accent: [[34, 39]] };
const boldOn = [1, 22] as const;
const inverseOn = [7, 27] as const;

const ascii: Readonly<Record<string, string>> = {
  "…": ".",
  "–": "-",
  "—": "-",
  "·": "-",
  "→": ">",
  "←": "<",
  "›": ">",
  "“": '"',
  "”": '"',
  "↗": "^",
  "×": "x",
  "✓": "v",
  "✗": "x",
  "⏎": "/",
  "•": "*",
};

/** The program's own signs in ASCII, each as wide as before; names from AWS stay as they are. */
function inAscii(text: string): string {
  return text.replace(/[…–—·→←›“”↗×✓✗⏎•]/g, (sign) => ascii[sign] ?? "?");
}

/** A span as the terminal takes it: one text with its escapes is laid out and drawn faster than nested texts. */
function painted({ text, tone, bold, inverse, href }: Span, theme: Theme): string {
  const plain = theme.unicode ? oneLine(text) : inAscii(oneLine(text));
  const styles: readonly (readonly [number, number])[] = [
    ...(theme.color && tone ? (theme.light ? onLight : onDark)[tone] : []),
    ...(bold ? [boldOn] : []),
    ...(inverse ? [inverseOn] : []),
  ];
  const linked = href && theme.unicode ? `\u001b]8;;${href}\u0007${plain}\u001b]8;;\u0007` : plain;
  return styles.reduce((inner, [on, off]) => `\u001b[${on}m${inner}\u001b[${off}m`, linked);
}

/** Neighbours in one style as one: fewer parts to lay out. */
function merged(line: Line): Span[] {
  const parts: Span[] = [];
  for (const part of line) {
    const last = parts.at(-1);
    if (part.text === "") continue;
    if (last && last.tone === part.tone && !last.bold === !part.bold && !last.inverse === !part.inverse && last.href === part.href)
      parts[parts.length - 1] = { ...last, text: last.text + part.text };
    else parts.push(part);
  }
  return parts;
}

/** Whether two lines look the same: then nothing is laid out or drawn again, and most lines stay as they are from key to key. */
function sameLine(before: LineProps, after: LineProps): boolean {
  if (before.width !== after.width || before.line.length !== after.line.length) return false;
  return before.line.every((part, at) => {
    const other = after.line[at];
    return (
      other !== undefined &&
      part.text === other.text &&
      part.tone === other.tone &&
      part.bold === other.bold &&
      part.inverse === other.inverse &&
      part.href === other.href
    );
  });
}

interface LineProps {
  readonly line: Line;
  readonly width: number;
}

/** One line in at most `width` columns; never breaks. */
export const LineView = memo(function LineView({ line, width }: LineProps) {
  const theme = useTheme();
  const cut = merged(truncateLine(line, width, theme.symbols.more));
  return <Text wrap="truncate">{cut.map((part) => painted(part, theme)).join("") || " "}</Text>;
}, sameLine);

/** Lines from the top, exactly `height` rows high. */
export function Lines({ lines, width, height }: { lines: readonly Line[]; width: number; height: number }) {
  return (
    <Box flexDirection="column" width={width} height={height} flexShrink={0} overflowY="hidden">
      {lines.slice(0, height).map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place on the screen
        <LineView key={at} line={line} width={width} />
      ))}
    </Box>
  );
}
