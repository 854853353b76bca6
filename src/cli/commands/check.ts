import type { CheckResult } from "../../engine/preflight/check.ts";
import { foundIssues, issuesOf, passed, untoldReasons } from "../../engine/preflight/report.ts";
import { exitCode, ProblemError } from "../../engine/problem.ts";
import { counted, knownText } from "../../engine/rules/text.ts";
import { sanitize } from "../../engine/sanitize.ts";
import { formatPath, type Issue } from "../../engine/schema.ts";
import { withVariableImages } from "../../engine/template/index.ts";
import { hidden } from "../../engine/values/reading.ts";
import type { CommandCall } from "../command.ts";
import { checkStep } from "../deployment/checks.ts";
import { chosenImages } from "../images.ts";
import { interruptible } from "../interruptible.ts";
import { issueJson } from "../issues.ts";
import type { ProfileOptions } from "../options.ts";
import { readableSource } from "../readable-source.ts";
import { enterSandbox } from "../sandbox.ts";
import { hasErrors, readStep } from "../step.ts";
import { secretTexts, variableEntries, variablesOf } from "../variables.ts";

/** Checks a profile against the account it is for; exit code 2 when it, or what it would meet there, has errors. Throws a ProblemError without access. */
export async function run({ args, options, io }: CommandCall<ProfileOptions>): Promise<number> {
  const source = readableSource(String(args[0]), options, io);
  const profile = source.profile && chosenImages(source.profile, options);
  const { effective, issues } = readStep({ ...(profile && { profile }), issues: source.issues }, options, { forDeployment: false });
  // Without a region there is nobody to ask.
  const results = knownText(effective?.step.target.region) === undefined ? [] : await resultsOf();

  async function resultsOf(): Promise<readonly CheckResult[]> {
    const { step } = effective as NonNullable<typeof effective>;
    const reach = await enterSandbox(options, io);
    try {
      const checked = { step: withVariableImages(step, variablesOf(profile ?? {}, options)), issues };
      const report = await interruptible(async (signal) => {
        const made = await checkStep(checked, reach, signal);
        signal.throwIfAborted();
        return made;
      });
      if (report.problem) throw new ProblemError(report.problem);
      return report.results;
    } finally {
      await reach.close();
    }
  }
  const secrets = profile ? secretTexts(profile, variableEntries(profile, options)) : [];
  const masked = (issue: Issue): Issue => ({ ...issue, message: hidden(issue.message, secrets), hint: hidden(issue.hint, secrets) });
  const all = [...issues, ...issuesOf(results).map(masked)];
  const valid = !hasErrors(all);
  if (options.json) io.json({ valid, issues: all.map(issueJson) });
  else for (const line of reportLines([...issues, ...foundIssues(results).map(masked)], results)) io.data(sanitize(line));
  return valid ? exitCode.done : exitCode.usage;
}

/** What was found for a person: errors, warnings, what was not checked, how much passed. */
function reportLines(issues: readonly Issue[], results: readonly CheckResult[]): readonly string[] {
  const group = (severity: Issue["severity"], mark: string) => {
    const some = issues.filter((issue) => issue.severity === severity);
    const lines = some.flatMap(({ path, message, hint }) => [
      `  ${mark} ${path.length > 0 ? `${formatPath(path)}: ` : ""}${message}`,
      ...(hint ? [`      → ${hint}`] : []),
    ]);
    return some.length > 0 ? [`${counted(some.length, severity)}:`, ...lines, ""] : [];
  };
  const untold = untoldReasons(results);
  const good = passed(results);
  return [
    ...group("error", "✗"),
    ...group("warning", "!"),
    ...(untold.length > 0 ? [...untold.map(({ reason, checks }) => `- not checked: ${reason} (${checks.join(", ")})`), ""] : []),
    `${counted(good, "check")} passed`,
  ];
}
