import type { CheckResult } from "../../engine/preflight/check.ts";
import { foundIssues, passed, predictionText, type UntoldReason, untoldReasons } from "../../engine/preflight/report.ts";
import { counted, listed } from "../../engine/rules/text.ts";
import { formatPath, type Issue } from "../../engine/schema.ts";
import { standing } from "../../engine/wizard/selectors.ts";
import type { AppState, ReviewChecks } from "../app/state.ts";
import { type Line, span, wrap } from "../ui/spans.ts";
import type { Theme } from "../ui/theme.tsx";
import { hanging, heading } from "./field-lines.ts";

/** What the checks of the review found so far, errors first, as far as the answers are still the same. */
export const foundByChecks = ({ session }: AppState): readonly Issue[] =>
  session ? standing(session.wizard).toSorted((a, b) => Number(a.severity === "warning") - Number(b.severity === "warning")) : [];

/** How many checks predict that the deployment fails. */
const predictedFailures = (results: readonly CheckResult[]): number =>
  results.filter(({ issues }) => issues.some(({ severity }) => severity === "error")).length;

/** `2 checks predict a failure`; empty where none does. */
export const predictedText = (results: readonly CheckResult[]): string => predictionText(predictedFailures(results));

/** What the checks predict, for the question whether to deploy: how many fail, and where. */
export function predictionLines(results: readonly CheckResult[]): Line[] {
  const text = predictedText(results);
  if (text === "") return [];
  const errors = foundIssues(results).filter(({ severity }) => severity === "error");
  return [
    [span(`   ${text}:`, "bad", { bold: true })],
    ...errors.map(({ path, message }): Line => [span(`   ${formatPath(path)}  `, "bad"), span(message)]),
    [],
  ];
}

/** The section of the checks: what they found with its place and what to do, what could not be checked, how many passed. */
export function checkLines(state: AppState, width: number, theme: Theme): Line[] {
  const { checks, identity } = state;
  if (!checks)
    return identity.status === "failed" ? [[...heading("Checks"), span("   wait until AWS knows who you are", "muted")], []] : [];
  if (!checks.running && checks.results.length === 0 && !checks.problem) return [];
  const found = foundByChecks(state);
  const hint = found.length > 0 ? "   p jumps to them, r checks again" : "   r checks again";
  return [
    [...heading("Checks"), span(checks.running ? `   asking AWS ${theme.symbols.more}` : hint, "muted")],
    ...(checks.problem ? problemLines(checks.problem, width, theme) : []),
    ...found.flatMap((issue) => issueLines(issue, width, theme)),
    ...untoldLines(checks, width),
    ...passedLines(checks, width, theme),
    [],
  ];
}

function issueLines({ path, severity, message, hint }: Issue, width: number, theme: Theme): Line[] {
  const [mark, tone] = severity === "error" ? ([theme.symbols.cross, "bad"] as const) : (["!", "warn"] as const);
  return [
    [span(`   ${mark} ${formatPath(path)}`, tone)],
    ...wrap(message, width - 8).map((text): Line => [span(`       ${text}`)]),
    ...wrap(hint, width - 8).map((text): Line => [span(`       ${text}`, "muted")]),
  ];
}

function problemLines({ message, hint }: NonNullable<ReviewChecks["problem"]>, width: number, theme: Theme): Line[] {
  return [
    ...hanging([span(`   ${theme.symbols.cross} `, "bad")], message, width, 5),
    ...wrap(hint, width - 8).map((text): Line => [span(`     ${text}`, "muted")]),
  ];
}

/** Missing permissions in one line, every other reason in one of its own. */
function untoldLines({ results }: ReviewChecks, width: number): Line[] {
  const reasons = untoldReasons(results);
  const denied = reasons.filter(({ permission }) => permission !== undefined);
  const others = reasons.filter(({ permission }) => permission === undefined);
  const missing = denied.flatMap(({ permission }) => permission ?? []);
  const line = (text: string) => hanging([span("   - ", "muted")], `not checked: ${text}`, width, 5, "muted");
  return [
    ...(missing.length > 0
      ? line(`${missing.length === 1 ? "permission" : "permissions"} ${listed(missing)} missing (${concerned(denied)})`)
      : []),
    ...others.flatMap((reason) => line(`${reason.reason} (${concerned([reason])})`)),
  ];
}

/** The checks that could not be made: by name, or their number where there are many. */
function concerned(reasons: readonly UntoldReason[]): string {
  const names = [...new Set(reasons.flatMap(({ checks }) => checks))];
  return names.length > 3 ? counted(names.length, "check") : names.join(", ");
}

function passedLines({ results, running, problem }: ReviewChecks, width: number, theme: Theme): Line[] {
  const good = passed(results);
  if (problem || (good === 0 && !running)) return [];
  return hanging(
    [span(`   ${theme.symbols.check} `, "good")],
    `${counted(good, "check")} passed${running ? " so far" : ""}`,
    width,
    5,
    "good",
  );
}
