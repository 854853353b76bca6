import { render } from "ink-testing-library";
import { describe, expect, test } from "vitest";
import { Lines } from "../../src/screens/ui/lines.tsx";
import { span } from "../../src/screens/ui/spans.ts";
import { createTheme, ThemeProvider } from "../../src/screens/ui/theme.tsx";

const frame = (lines: Parameters<typeof Lines>[0]["lines"], width: number, unicode = true) => {
  const { lastFrame, unmount } = render(
    <ThemeProvider value={createTheme({ color: false, unicode })}>
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
  });

  test("use no sign beyond ASCII where the terminal has none", () => {
    expect(frame([[span("a → b · c…")]], 20, false)).toBe("a > b - c.");
  });
});
