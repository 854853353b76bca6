/** What the terminal can show: colour unless refused, Unicode unless its locale or type says otherwise. */
export function terminalAbilities(
  env: Readonly<Record<string, string | undefined>>,
  color: boolean | undefined,
): { color: boolean; unicode: boolean } {
  const locale = env["LC_ALL"] || env["LC_CTYPE"] || env["LANG"] || "";
  const utf8 = /utf-?8/i.test(locale) || (locale === "" && process.platform === "darwin") || process.platform === "win32";
  return {
    color: color !== false && !env["NO_COLOR"] && env["TERM"] !== "dumb",
    unicode: utf8 && env["TERM"] !== "dumb" && env["TERM"] !== "linux",
  };
}
