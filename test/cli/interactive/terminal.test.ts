import { expect, test } from "vitest";
import { terminalAbilities } from "../../../src/cli/interactive/terminal.ts";

const shown = (env: Record<string, string>, color?: boolean) => terminalAbilities({ LANG: "en_GB.UTF-8", TERM: "xterm", ...env }, color);

test.each([
  ["15;0", false],
  ["0;15", true],
  ["0;default;7", true],
  ["15;8", false],
  ["default;default", false],
  [undefined, false],
])("COLORFGBG %s: a light background is %s", (value, light) => {
  expect(shown(value === undefined ? {} : { COLORFGBG: value }).light).toBe(light);
});

test("colours go with NO_COLOR, --no-color and a dumb terminal, other signs than ASCII with the last and other locales", () => {
  expect(shown({})).toMatchObject({ color: true, unicode: true });
  expect(shown({ NO_COLOR: "1" })).toMatchObject({ color: false, unicode: true });
  expect(shown({}, false)).toMatchObject({ color: false, unicode: true });
  expect(shown({ TERM: "dumb" })).toMatchObject({ color: false, unicode: false });
  expect(shown({ LANG: "C" })).toMatchObject({ color: true, unicode: false });
});
