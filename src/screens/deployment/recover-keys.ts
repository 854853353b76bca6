import type { Program } from "../app/program.ts";
import type { Binding } from "../ui/bindings.ts";
import type { DeploymentView } from "./state.ts";
import { showLater } from "./watch.ts";

/** Where a rollback failed: a key that continues it, also without the resources that cannot go back. */
export function recoverKeys(program: Program, { progress, watched }: DeploymentView): Binding[] {
  const { deployments } = program.ports;
  const { outcome, resources } = progress;
  if (!deployments.recover || outcome?.stackStatus !== "UPDATE_ROLLBACK_FAILED") return [];
  const failed = resources.filter(({ status }) => status?.endsWith("_FAILED")).map(({ logicalId }) => logicalId);
  const go = (skip: readonly string[]) => () => {
    program.close();
    if (deployments.recover) showLater(program, deployments.recover(watched, skip));
  };
  const ask = () =>
    program.open({
      type: "confirm",
      title: "Continue the rollback?",
      lines: [
        `The rollback of ${outcome.stackName} failed, and the stack cannot be updated until it has ended.`,
        "Mend what stopped it first, or skip the resources that cannot go back: CloudFormation then leaves them as they are.",
      ],
      answers: [
        { keys: ["y"], label: "continue the rollback", run: go([]) },
        ...(failed.length > 0 ? [{ keys: ["k"], label: `continue, skipping ${failed.join(", ")}`, run: go(failed) }] : []),
        { keys: ["escape", "n"], label: "leave it as it is", run: () => program.close() },
      ],
    });
  return [{ keys: ["c"], label: "continue the rollback", short: "continue", run: ask }];
}
