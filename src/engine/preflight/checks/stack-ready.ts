import { isBusy, mustBeDeleted } from "../../deployment/stack-status.ts";
import { check } from "../check.ts";
import { textAt } from "../subject.ts";

/** The stack can be made or updated as it is. */
export const stackReady = check({
  id: "stack-ready",
  claim: "the stack can be made or updated",
  actions: ["cloudformation:DescribeStacks"],
  predicts: ["stack-in-progress", "stack-rollback-complete", "stack-update-rollback-failed"],
  about: (subject) => textAt(subject, ["configuration", "name"], subject.step.configuration.name),
  async look(_name, { names }, account) {
    const status = await account.stackStatus(names.stackName);
    if (status === undefined) return [];
    if (isBusy(status)) {
      return [
        {
          severity: "warning",
          message: `The stack ${names.stackName} is ${status}: another operation is running, and a deployment waits for its end.`,
          hint: `See it: ecs-wizard watch ${names.stackName}`,
        },
      ];
    }
    if (!mustBeDeleted(status)) return [];
    const stuck = status === "UPDATE_ROLLBACK_FAILED";
    return [
      {
        severity: "warning",
        message: `The stack ${names.stackName} is ${status}: ${stuck ? "its rollback has to be continued, or the stack deleted," : "it has to be deleted"} before it can be deployed again.`,
        hint: stuck
          ? "Deploy with --continue-rollback; --replace-failed-stack deletes it, with the service that may run in it."
          : "A deployment does so, and asks first where something runs in it; without a terminal add --replace-failed-stack.",
      },
    ];
  },
});
