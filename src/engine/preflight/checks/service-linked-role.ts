import { check } from "../check.ts";
import { clusterOf } from "../subject.ts";
import { fixOf } from "../words.ts";

const role = "AWSServiceRoleForECS";

/** ECS's own role exists, with which it places network interfaces and registers targets. */
export const serviceLinkedRole = check({
  id: "service-linked-role",
  claim: `ECS's service-linked role ${role} exists`,
  actions: ["iam:GetRole"],
  predicts: ["service-linked-role-missing"],
  about: clusterOf,
  async look(_cluster, subject, account) {
    if (await account.role(role)) return [];
    return [
      {
        severity: "warning",
        message: `The account has no role ${role} yet. ECS makes it at the first service, if you may do iam:CreateServiceLinkedRole; else the first deployment fails.`,
        hint: fixOf("service-linked-role-missing", subject),
      },
    ];
  },
});
