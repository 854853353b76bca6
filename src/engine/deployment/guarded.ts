/** Turns what ends a deployment's watching from outside – no access, stopped watching – into an outcome. */
import { type Problem, ProblemError } from "../problem.ts";
import type { DeployEvent } from "./events.ts";
import type { Outcome } from "./outcome.ts";
import type { Session } from "./session.ts";

/** Runs a workflow; a ProblemError or an abort on its way out becomes its outcome, anything else is a bug and passes. */
export async function* guarded(
  session: Session,
  plan: { readonly stackName: string },
  work: AsyncGenerator<DeployEvent, Outcome>,
): AsyncGenerator<DeployEvent, Outcome> {
  try {
    return yield* work;
  } catch (error) {
    if (session.signal.aborted) return stoppedWatching(session, plan.stackName);
    if (error instanceof ProblemError) return withoutAccess(session, plan.stackName, error.problem);
    throw error;
  }
}

/** The outcome when AWS can't be asked (any more). */
export function withoutAccess(session: Session, stackName: string, problem: Problem): Outcome {
  const refused = problem.kind === "invalid" || problem.kind === "conflict" || problem.kind === "notFound" || problem.kind === "unexpected";
  if (!session.underWay) return { status: "failed", reason: refused ? "refused" : "access", message: problem.message, stackName, problem };
  return {
    status: "notWaited",
    reason: "access",
    message: `The operation on the stack ${stackName} goes on in AWS, but could not be watched to its end: ${problem.message}`,
    stackName,
    unchecked: ["how the operation ends"],
    problem,
  };
}

function stoppedWatching(session: Session, stackName: string): Outcome {
  return {
    status: "notWaited",
    reason: "watching",
    message: session.underWay
      ? `Stopped watching; the operation on the stack ${stackName} goes on in AWS. Come back with: ecs-wizard watch`
      : `Stopped before anything was changed in the stack ${stackName}.`,
    stackName,
    unchecked: session.underWay ? ["how the operation ends"] : [],
  };
}
