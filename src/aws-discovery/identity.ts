import type { Identity } from "../engine/discovery.ts";
import { ProblemError } from "../engine/problem.ts";
import { sanitizeLine } from "../engine/sanitize.ts";
import type { AwsClients } from "./clients.ts";
import { toProblem } from "./problems.ts";
import { orElse } from "./support/streams.ts";

/** STS and IAM answer for the account in any region. */
const anyRegion = "us-east-1";

/** Who the clients' calls are made as; the account's alias when it may be read, the region empty when none is set. Rejects with ProblemError. */
export async function identityOf(clients: AwsClients, signal?: AbortSignal): Promise<Identity> {
  const options = signal ? { abortSignal: signal } : {};
  const region = await clients.region().catch(() => "");
  const caller = async () => {
    const { GetCallerIdentityCommand } = await import("@aws-sdk/client-sts");
    return await (await clients.sts(region || anyRegion)).send(new GetCallerIdentityCommand({}), options);
  };
  const alias = async () => {
    const { ListAccountAliasesCommand } = await import("@aws-sdk/client-iam");
    const { AccountAliases } = await (await clients.iam(region || anyRegion)).send(new ListAccountAliasesCommand({ MaxItems: 1 }), options);
    return AccountAliases?.[0];
  };
  try {
    const [{ Account = "", Arn = "" }, name] = await Promise.all([caller(), orElse(alias(), undefined)]);
    return { accountId: Account, arn: sanitizeLine(Arn), region, ...(name ? { alias: sanitizeLine(name) } : {}) };
  } catch (error) {
    throw new ProblemError(toProblem(error, { action: "sts:GetCallerIdentity", target: clients.target }), { cause: error });
  }
}
