import { check } from "../check.ts";
import { secretsOf } from "../secrets.ts";

/** The secrets and parameters exist; their values are never read. */
export const secretsExist = check({
  id: "secrets-exist",
  claim: "the secrets and parameters exist",
  actions: ["secretsmanager:DescribeSecret", "ssm:DescribeParameters"],
  predicts: ["secret-not-found"],
  about: secretsOf,
  async look({ kind, arn, name, account: of }, subject, account) {
    const hint = "Choose one that exists, or make it first: the tasks read it before their containers start.";
    if (kind === "parameter") {
      if ((await account.id().catch(() => of)) !== of) return [];
      return (await account.hasParameter(name)) ? [] : [{ message: `There is no parameter ${name} in ${subject.region}.`, hint }];
    }
    const secret = await account.secret(arn);
    if (!secret) return [{ message: `There is no secret ${arn}.`, hint }];
    if (!secret.deleted) return [];
    return [
      {
        message: `The secret ${secret.name} is marked for deletion: no task can read it any more.`,
        hint: `Choose another, or keep it: aws secretsmanager restore-secret --secret-id ${secret.name}`,
      },
    ];
  },
});
