import type { Issue, Path } from "../schema.ts";

/** An error of a rule over several fields. */
export function error(path: Path, rule: string, message: string, hint: string): Issue {
  return { path, severity: "error", rule, message, hint };
}

/** Something that will probably not do what is wanted, but that AWS accepts. */
export function warning(path: Path, rule: string, message: string, hint: string): Issue {
  return { path, severity: "warning", rule, message, hint };
}
