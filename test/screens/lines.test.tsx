import { render } from "ink-testing-library";
import { describe, expect, test } from "vitest";
import { Lines } from "../../src/screens/ui/lines.tsx";
import { span } from "../../src/screens/ui/spans.ts";
import { createTheme, ThemeProvider } from "../../src/screens/ui/theme.tsx";

const frame = (lines: Parameters<typeof Lines>[0]["lines"], width: number, unicode = true, colors: object = { color: false }) => {
  const { lastFrame, unmount } = render(
    <ThemeProvider value={createTheme({ color: false, unicode, ...colors })}>
      <Lines lines={lines} width={width} height={lines.length} />
    </ThemeProvider>,
  );
  const text = lastFrame();
  unmount();
  return text;
};

describe("lines", () => {
  test("are cut at the width with a sign, wide characters whole", () => {
    expect(frame([[span("abcdef")], [span("日本語のサービス")]], 5)).toBe("abcd…\n日本…");
  });

  test("never let text from AWS move the cursor", () => {
    const shown = frame([[span("a\u001b[2Jb\nc\rd")]], 20) ?? "";
    expect(shown).not.toMatch(/\u001b\[2J|\r/);
    expect(shown.split("\n")).toHaveLength(1);
    expect(frame([[span("shop\u202egnp.exe\u2066 \u{1f469}\u200d\u{1f4bb}")]], 40)).toBe("shopgnp.exe \u{1f469}\u200d\u{1f4bb}");
  });

  test("on a light background nothing is yellow or cyan", () => {
    const lines = (["warn", "accent", "good", "bad", "muted", "plain"] as const).map((tone) => [span(tone, tone)]);
    expect(frame(lines, 20, true, { color: true })).toMatch(/\u001b\[33m.*\n.*\u001b\[36m/);
    expect(frame(lines, 20, true, { color: true, light: true })).not.toMatch(/\u001b\[(33|36)m/);
  });

  test("use no sign beyond ASCII where the terminal has none", () => {
    expect(frame([[span("a → b · c…")]], 20, false)).toBe("a > b - c.");
  });
});
