import { Box, Text } from "ink";
import { memo } from "react";
import { type Line, oneLine, type Span, truncateLine } from "./spans.ts";
import { type Theme, type Tone, useTheme } from "./theme.tsx";

const colors: Readonly<Record<Tone, string | undefined>> = {
  good: "green",
  bad: "red",
  warn: "yellow",
  accent: "cyan",
  muted: undefined,
  plain: undefined,
};

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

function styled({ text, tone, bold, inverse, href }: Span, at: number, theme: Theme) {
  const color = theme.color && tone ? colors[tone] : undefined;
  const plain = theme.unicode ? oneLine(text) : inAscii(oneLine(text));
  const shown = href && theme.unicode ? `\u001b]8;;${href}\u0007${plain}\u001b]8;;\u0007` : plain;
  return (
    <Text
      key={at}
      {...(color ? { color } : {})}
      {...(tone === "muted" && theme.color ? { dimColor: true } : {})}
      {...(bold ? { bold: true } : {})}
      {...(inverse ? { inverse: true } : {})}
    >
      {shown}
    </Text>
  );
}

/** One line in at most `width` columns; never breaks. */
export const LineView = memo(function LineView({ line, width }: { line: Line; width: number }) {
  const theme = useTheme();
  const cut = truncateLine(line, width, theme.symbols.more);
  return <Text wrap="truncate">{cut.length === 0 ? " " : cut.map((part, at) => styled(part, at, theme))}</Text>;
});

/** Lines from the top, exactly `height` rows high. */
export function Lines({ lines, width, height }: { lines: readonly Line[]; width: number; height: number }) {
  return (
    <Box flexDirection="column" width={width} height={height} flexShrink={0} overflow="hidden">
      {lines.slice(0, height).map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place on the screen
        <LineView key={at} line={line} width={width} />
      ))}
    </Box>
  );
}
