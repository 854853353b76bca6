/**
 * What the terminal can show: colour unless refused, Unicode unless its locale or type says otherwise, and whether its background is
 * light, where it says so: `COLORFGBG` is `text;background` in numbers of the 16 colours, of which 7 and from 9 on are light.
 */
export function terminalAbilities(
  env: Readonly<Record<string, string | undefined>>,
  color: boolean | undefined,
): { color: boolean; unicode: boolean; light: boolean } {
  const locale = env["LC_ALL"] || env["LC_CTYPE"] || env["LANG"] || "";
  const utf8 = /utf-?8/i.test(locale) || (locale === "" && process.platform === "darwin") || process.platform === "win32";
  const background = Number(/;(\d+)$/.exec(env["COLORFGBG"] ?? "")?.[1] ?? 0);
  return {
    light: background === 7 || background > 8,
    color: color !== false && !env["NO_COLOR"] && env["TERM"] !== "dumb",
    unicode: utf8 && env["TERM"] !== "dumb" && env["TERM"] !== "linux",
  };
}
