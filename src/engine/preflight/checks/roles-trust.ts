import { check, moot } from "../check.ts";
import { rolesOf } from "../roles.ts";

/** The roles trust ECS tasks. */
export const rolesTrust = check({
  id: "roles-trust",
  claim: "the roles trust ecs-tasks.amazonaws.com",
  actions: ["iam:GetRole"],
  predicts: ["task-role-cannot-be-assumed"],
  about: rolesOf,
  async look({ what, name }, _subject, account) {
    const role = await account.role(name);
    if (!role) return moot;
    if (role.trustsTasks) return [];
    return [
      {
        message: `The role ${name} does not trust ecs-tasks.amazonaws.com, so no task can use it as its ${what}.`,
        hint: `Choose another role, or let ecs-tasks.amazonaws.com do sts:AssumeRole in its trust policy: aws iam update-assume-role-policy --role-name ${name} --policy-document file://trust.json`,
      },
    ];
  },
});
