import camelCase from "lodash/camelCase.js";
import { names, wholeStackName } from "../names.ts";
import type { Issue } from "../schema.ts";
import type { Step } from "../sections/index.ts";
import { error, warning } from "./issues.ts";
import { knownText } from "./text.ts";

/** The generated stack name is one that CloudFormation takes, and tells environments and tenants apart. */
export function* nameRules({ target, configuration }: Step): Generator<Issue> {
  if (target.stackName !== undefined) return;
  for (const key of ["environment", "tenant"] as const) {
    const value = knownText(target[key]);
    const part = camelCase(value);
    if (value === undefined || /^[A-Za-z0-9]*$/.test(part)) continue;
    yield error(
      ["target", key],
      "stack-name-part",
      `The ${key} "${value}" would stand as "${part}" in the stack's name, which takes Latin letters, digits and hyphens only.`,
      "Write it with such letters.",
    );
  }
  const parts = [target.cluster, configuration.name, target.environment, target.tenant ?? "untenanted"].map(knownText);
  if (parts.includes(undefined)) return;
  const whole = wholeStackName({ target, configuration });
  const { length } = names({ target, configuration }).stackName;
  if (whole.length === length) return;
  yield warning(
    ["configuration", "name"],
    "stack-name-length",
    `The stack's name would have ${whole.length} characters and is cut to ${length}, "…${whole.slice(length)}" being lost: other environments or tenants may get the same stack.`,
    "Shorten the name, or the environment's or tenant's.",
  );
}
