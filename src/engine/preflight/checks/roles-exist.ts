import { check } from "../check.ts";
import { rolesOf } from "../roles.ts";
import { fixOf } from "../words.ts";

/** The roles exist in the account that is deployed to. */
export const rolesExist = check({
  id: "roles-exist",
  claim: "the roles exist",
  actions: ["iam:GetRole"],
  predicts: ["execution-role-missing", "task-role-cannot-be-assumed"],
  about: rolesOf,
  async look({ what, name, given, account: of }, subject, account) {
    const [found, own] = await Promise.all([account.role(name), of === undefined ? undefined : account.id().catch(() => undefined)]);
    const execution = what === "task execution role";
    const hint = execution
      ? fixOf("execution-role-missing", subject)
      : "Choose a role of this account that trusts ecs-tasks.amazonaws.com, or leave the task role empty.";
    if (own !== undefined && own !== of)
      return [
        {
          message: `The ${what} ${given} belongs to account ${of}, but you deploy in ${own}: ECS takes roles of its own account only.`,
          hint,
        },
      ];
    return found ? [] : [{ message: `There is no role ${name} in the account: it is the ${what}.`, hint }];
  },
});
