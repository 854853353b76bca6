/** Runs the checks, all at once. */
import { type Problem, ProblemError } from "../problem.ts";
import type { Account } from "./account.ts";
import { type Answer, type Check, type CheckReport, type CheckResult, late } from "./check.ts";
import { checks } from "./index.ts";
import type { Subject } from "./subject.ts";

/**
 * Asks everything at once; `onResult` hears of each check as it ends. When the signal aborts, what has not been answered
 * counts as not told. Never rejects.
 */
export async function runChecks(
  subject: Subject,
  account: Account,
  signal: AbortSignal,
  onResult: (result: CheckResult) => void = () => {},
): Promise<CheckReport> {
  const over = aborted(signal);
  const identity = account.id().then(
    () => undefined,
    (error: unknown) => (error instanceof ProblemError ? error.problem : undefined),
  );
  const applying = checks
    .map((one) => ({ one, questions: one.questions(subject, account) }))
    .filter(({ questions }) => questions.length > 0);
  const running = applying.map(async ({ one, questions }) => {
    const answers = await Promise.all(questions.map(({ path, ask }) => Promise.race([ask(), over.then(() => late(path))])));
    const result = resultOf(one, answers);
    if (!answers.some(({ problem }) => problem && isHopeless(problem))) onResult(result);
    return { result, answers };
  });
  const all = await Promise.all(running);
  const who = await Promise.race([identity, over.then(() => undefined)]);
  const answers = all.flatMap((each) => each.answers);
  const problem = [who, ...answers.map((answer) => answer.problem)].find((one) => one?.kind === "credentials") ?? unreachable(answers);
  return { results: all.map(({ result }) => result), ...(problem ? { problem } : {}) };
}

/** One connection that broke tells nothing of the others; when none was made, that is the problem. */
function unreachable(answers: readonly Answer[]): Problem | undefined {
  const asked = answers.filter(({ untold }) => !untold?.quiet);
  const problems = asked.map(({ problem }) => problem);
  return problems.every((problem) => problem?.kind === "unreachable") ? problems[0] : undefined;
}

function isHopeless({ kind }: Problem): boolean {
  return kind === "credentials" || kind === "unreachable";
}

function resultOf({ id, claim }: Check, answers: readonly Answer[]): CheckResult {
  const untold = answers.flatMap((answer) => answer.untold ?? []);
  return {
    id,
    claim,
    issues: answers.flatMap(({ issues }) => issues),
    moot: answers.every((answer) => answer.moot),
    untold: untold.filter((one, at) => untold.findIndex(({ reason }) => reason === one.reason) === at),
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
