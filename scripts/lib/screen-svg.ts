import type { Terminal } from "@xterm/headless";

const cell = { width: 8.4, height: 18 };
const padding = 12;
const basic = ["#1e1e2e", "#f38ba8", "#a6e3a1", "#f9e2af", "#89b4fa", "#cba6f7", "#94e2d5", "#cdd6f4"];
const bright = ["#7f849c", "#f38ba8", "#a6e3a1", "#f9e2af", "#89b4fa", "#cba6f7", "#94e2d5", "#ffffff"];
const [background, foreground] = ["#1e1e2e", "#cdd6f4"];

const hex = (number: number) => `#${number.toString(16).padStart(6, "0")}`;

/** The colour of xterm's palette of 256. */
function paletteColour(index: number): string {
  if (index < 16) return (index < 8 ? basic[index] : bright[index - 8]) ?? foreground;
  if (index >= 232) return hex((8 + (index - 232) * 10) * 0x010101);
  const level = (digit: number) => (digit === 0 ? 0 : 55 + digit * 40);
  const cube = index - 16;
  return hex((level(Math.floor(cube / 36)) << 16) | (level(Math.floor(cube / 6) % 6) << 8) | level(cube % 6));
}

const escaped = (text: string) => text.replace(/[&<>]/g, (mark) => `&#${mark.charCodeAt(0)};`);

/** What a terminal shows, as an SVG picture with a text for those who cannot see it. */
export function screenSvg(terminal: Terminal, title: string): string {
  const { cols, rows, buffer } = terminal;
  const parts: string[] = [];
  for (let row = 0; row < rows; row++) {
    const line = buffer.active.getLine(buffer.active.baseY + row);
    for (let column = 0; line && column < cols; column++) {
      const one = line.getCell(column);
      const text = one?.getChars() ?? "";
      if (!one || one.getWidth() === 0) continue;
      const given = one.isFgRGB() ? hex(one.getFgColor()) : one.isFgPalette() ? paletteColour(one.getFgColor()) : foreground;
      const behind = one.isBgRGB() ? hex(one.getBgColor()) : one.isBgPalette() ? paletteColour(one.getBgColor()) : background;
      const [ink, paper] = one.isInverse() ? [behind, given] : [given, behind];
      const x = (padding + column * cell.width).toFixed(1);
      const y = padding + row * cell.height;
      if (paper !== background)
        parts.push(`<rect x="${x}" y="${y}" width="${(cell.width * one.getWidth()).toFixed(1)}" height="${cell.height}" fill="${paper}"/>`);
      if (text.trim() === "") continue;
      const style = `${one.isBold() ? ' font-weight="bold"' : ""}${one.isDim() ? ' opacity="0.6"' : ""}${ink === foreground ? "" : ` fill="${ink}"`}`;
      parts.push(`<text x="${x}" y="${y + 13}"${style}>${escaped(text)}</text>`);
    }
  }
  const [width, height] = [Math.ceil(cols * cell.width + 2 * padding), rows * cell.height + 2 * padding];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img"><title>${title}</title>
<rect width="${width}" height="${height}" rx="8" fill="${background}"/>
<g font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" fill="${foreground}">
${parts.join("\n")}
</g>
</svg>
`;
}
