import { causeOf } from "../diagnosis/index.ts";
import type { Check } from "./check.ts";
import { checks } from "./index.ts";

/** The page docs/checks.md: every check before a deployment, in Markdown. */
export function checksPage(): string {
  return `${[
    "# Checks before a deployment",
    `The ${checks.length} checks of \`ecs-wizard check\`, which \`deploy\` and the review run as well. They look at what a profile names in the account, and predict what would fail. They change nothing, and never read the value of a secret. Each asks for no more than it needs; without a permission it says \`not checked: permission … missing\`, and the others go on. A check applies where the profile has what it looks at. Its name is the \`rule\` of its issues.`,
    "The failures in the last column are explained in [failures.md](failures.md). This page is generated from src/engine/preflight; `npm run docs` writes it anew.",
    ["| rule | passes when | permissions | predicts |", "| --- | --- | --- | --- |", ...checks.map(row)].join("\n"),
  ].join("\n\n")}\n`;
}

function row({ id, claim, actions, predicts }: Check): string {
  const failures = predicts.flatMap((cause) => causeOf(cause)?.title ?? []);
  return `| \`${id}\` | ${claim} | ${actions.map((action) => `\`${action}\``).join(", ")} | ${failures.join("; ")} |`;
}
