/** Who asks, the roles, and what these may do, for the checks. */
import type { Account, Permission } from "../../engine/preflight/account.ts";
import { trustsEcsTasks } from "../sources/ecs-roles.ts";
import { type Questions, unlessAbsent, within } from "./questions.ts";

/** The simulator's answer as a permission: one that hangs on circumstances it was not told is not known. */
function permission(decision: string | undefined, missing: readonly string[] = []): Permission {
  if (decision === "allowed") return "allowed";
  return decision === undefined || missing.length > 0 ? "unknown" : "denied";
}

/** IAM's part of an account. */
export function identityPart({ once, call, signal }: Questions): Pick<Account, "id" | "role" | "may"> {
  const options = within({ signal });
  return {
    id: () =>
      once(["id"], () =>
        call(async (clients) => {
          const { GetCallerIdentityCommand } = await import("@aws-sdk/client-sts");
          return (await (await clients.sts()).send(new GetCallerIdentityCommand({}), options)).Account ?? "";
        }),
      ),
    role: (name) =>
      once(["role", name], async () => {
        const found = await unlessAbsent(
          call(async (clients) => {
            const { GetRoleCommand } = await import("@aws-sdk/client-iam");
            return await (await clients.iam()).send(new GetRoleCommand({ RoleName: name }), options);
          }),
          "NoSuchEntity",
          "NoSuchEntityException",
        );
        const role = found?.Role;
        return role && { name, arn: role.Arn ?? "", trustsTasks: trustsEcsTasks(role.AssumeRolePolicyDocument) };
      }),
    may: (roleArn, actions, resource) =>
      once(["may", roleArn, actions, resource], () =>
        call(async (clients) => {
          const { SimulatePrincipalPolicyCommand } = await import("@aws-sdk/client-iam");
          const asked = { PolicySourceArn: roleArn, ActionNames: [...actions], ResourceArns: [resource] };
          const { EvaluationResults = [] } = await (await clients.iam()).send(new SimulatePrincipalPolicyCommand(asked), options);
          return actions.map((action) => {
            const result = EvaluationResults.find(({ EvalActionName }) => EvalActionName?.toLowerCase() === action.toLowerCase());
            return permission(result?.EvalDecision, result?.MissingContextValues);
          });
        }),
      ),
  };
}
