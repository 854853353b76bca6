/** What the early validation had against a change set that AWS would not execute. */
import type { ValidationFinding } from "./change-set.ts";
import type { DeployEvent } from "./events.ts";
import type { ChangeSetChoice } from "./plan.ts";
import { attempt, type Session } from "./session.ts";

/** Looks at a change set that was refused and tells why; silent when it is gone, may not be seen, or is fine. */
export async function* refusedChangeSet(session: Session, { id }: ChangeSetChoice): AsyncGenerator<DeployEvent, void> {
  const described = yield* attempt(session, (signal) => session.cloud.describeChangeSet(id, signal));
  if (!described.ok || described.value.status !== "FAILED") return;
  const found = yield* attempt(session, (signal) => session.cloud.changeSetFindings(id, signal));
  const errors = found.ok ? found.value.filter(({ severity }) => severity === "error") : [];
  const { reason } = described.value;
  const whole: readonly ValidationFinding[] = reason === undefined ? [] : [{ message: reason, severity: "error" }];
  const findings = errors.length > 0 ? errors : whole;
  if (findings.length > 0) yield { type: "validations", changeSet: id, findings };
}
