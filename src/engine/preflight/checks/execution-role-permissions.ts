import { listed } from "../../rules/text.ts";
import type { Account } from "../account.ts";
import { type Ask, asksOf } from "../asks.ts";
import { check, type Fault, moot } from "../check.ts";
import { executionRoleOf } from "../roles.ts";
import type { Subject } from "../subject.ts";
import { fixOf } from "../words.ts";

/** The task execution role may pull, read and log, as far as its policies tell. */
export const executionRolePermissions = check({
  id: "execution-role-permissions",
  claim: "the task execution role has the permissions it needs",
  actions: ["iam:GetRole", "iam:SimulatePrincipalPolicy", "secretsmanager:DescribeSecret", "secretsmanager:GetResourcePolicy"],
  predicts: ["ecr-auth-denied", "pull-access-denied-iam", "secret-access-denied", "log-group-create-denied", "env-file-fetch"],
  about: executionRoleOf,
  async look({ name }, subject, account): Promise<Fault[] | typeof moot> {
    const [own, role] = await Promise.all([account.id(), account.role(name)]);
    if (!role || role.arn.split(":")[4] !== own) return moot;
    const asks = asksOf(subject, own);
    const lacks = (await Promise.all(asks.map(async (ask) => await lackOf(ask, role.arn, account)))).flat();
    const alike = Map.groupBy(lacks, ({ actions, sure, ask }) => JSON.stringify([actions, sure, ask.cause]));
    return [...alike.values()].map((some) => faultOf(role.name, some, subject));
  },
});

/** Permissions that are missing for one purpose; `sure`: nothing can let the role in all the same. */
interface Lack {
  readonly ask: Ask;
  readonly actions: readonly string[];
  readonly sure: boolean;
}

async function lackOf(ask: Ask, roleArn: string, account: Account): Promise<Lack[]> {
  // Policies name secrets with the random end of their ARNs, which a profile may leave out.
  const secret = ask.ownPolicy === "secret" ? await account.secret(ask.resource).catch(() => undefined) : undefined;
  const resource = secret?.arn ?? ask.resource;
  const answers = await account.may(roleArn, ask.actions, resource);
  const actions = ask.actions.filter((_, at) => answers[at] !== "allowed");
  if (actions.length === 0) return [];
  return [{ ask, actions, sure: answers.includes("denied") && (await cannotBeLetIn(ask, account)) }];
}

/** Whether no policy of the resource itself lets the role in. */
async function cannotBeLetIn({ ownPolicy, resource }: Ask, account: Account): Promise<boolean> {
  if (ownPolicy !== "secret") return ownPolicy === undefined;
  return await account.secretHasPolicy(resource).then(
    (has) => !has,
    () => false,
  );
}

function faultOf(role: string, some: readonly Lack[], subject: Subject): Fault {
  const { actions = [], sure = false, ask } = some[0] ?? {};
  const resources = some.map((lack) => lack.ask.resource);
  const captures = { action: listed(actions), resource: listed(resources), role };
  const purposes = listed(
    some.map((lack) => lack.ask.purpose),
    "or",
  );
  return {
    severity: sure ? "error" : "warning",
    message: `The task execution role ${role} ${sure ? "lacks" : "may lack"} ${listed(actions)} on ${listed(resources)}: tasks could not ${purposes}.`,
    hint: ask ? fixOf(ask.cause, subject, { captures }, 1, ask.step) : "",
  };
}
