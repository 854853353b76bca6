import type { Identity } from "../engine/discovery.ts";
import { ProblemError } from "../engine/problem.ts";
import { sanitizeLine } from "../engine/sanitize.ts";
import type { AwsClients } from "./clients.ts";
import { toProblem } from "./problems.ts";
import { orElse } from "./support/streams.ts";

/** Who the clients' calls are made as; the account's alias when it may be read. Rejects with ProblemError. */
export async function identityOf(clients: AwsClients, signal?: AbortSignal): Promise<Identity> {
  const options = signal ? { abortSignal: signal } : {};
  const caller = async () => {
    const { GetCallerIdentityCommand } = await import("@aws-sdk/client-sts");
    return await (await clients.sts()).send(new GetCallerIdentityCommand({}), options);
  };
  const alias = async () => {
    const { ListAccountAliasesCommand } = await import("@aws-sdk/client-iam");
    const { AccountAliases } = await (await clients.iam()).send(new ListAccountAliasesCommand({ MaxItems: 1 }), options);
    return AccountAliases?.[0];
  };
  try {
    const [{ Account = "", Arn = "" }, name, region] = await Promise.all([caller(), orElse(alias(), undefined), clients.region()]);
    return { accountId: Account, arn: sanitizeLine(Arn), region, ...(name ? { alias: sanitizeLine(name) } : {}) };
  } catch (error) {
    throw new ProblemError(toProblem(error, { action: "sts:GetCallerIdentity", target: clients.target }), { cause: error });
  }
}
