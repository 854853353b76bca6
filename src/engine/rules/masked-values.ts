import { secretMark } from "../deployment/as-deployed.ts";
import type { Issue, Path } from "../schema.ts";
import type { Step } from "../sections/index.ts";
import { error } from "./issues.ts";

/** A record leaves secret values out; whoever restores its profile has to give them again. */
export function* maskedValueRules(step: Step): Generator<Issue> {
  yield* masked(step, []);
}

function* masked(value: unknown, path: Path): Generator<Issue> {
  if (typeof value === "string") {
    if (value.includes(secretMark))
      yield error(
        path,
        "masked-value",
        "Dots stand here in place of a secret: records keep no secret values.",
        "Write the value again, or better bind it to a sensitive variable.",
      );
  } else if (typeof value === "object" && value !== null) {
    for (const [key, inner] of Object.entries(value)) yield* masked(inner, [...path, Array.isArray(value) ? Number(key) : key]);
  }
}
