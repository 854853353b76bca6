/** The account as the checks ask it, over the SDK. */
import type { Account } from "../../engine/preflight/account.ts";
import { sanitizeLine } from "../../engine/sanitize.ts";
import type { AwsClients } from "../clients.ts";
import { stackPort } from "../cloud/stacks.ts";
import { collect } from "../support/streams.ts";
import { lastOfArn } from "../support/words.ts";
import { balancerPart } from "./balancers.ts";
import { identityPart } from "./identities.ts";
import { filePart, secretPart } from "./keepings.ts";
import { networkPart } from "./network.ts";
import { createQuestions, type Questions, unlessAbsent, within } from "./questions.ts";
import { registryPart } from "./registries.ts";

/** An account over these clients; everything is asked at most once, and until the signal aborts. */
export function createAccount(clients: AwsClients, signal: AbortSignal): Account {
  const questions = createQuestions(clients, signal);
  return {
    ...identityPart(questions),
    ...servicePart(questions),
    ...registryPart(questions),
    ...networkPart(questions),
    ...balancerPart(questions),
    ...secretPart(questions),
    ...filePart(questions),
  };
}

type ServicePart = Pick<Account, "cluster" | "clusterNames" | "stackStatus" | "stackResources" | "vCpuQuota">;

/** What Service Quotas calls the vCPUs of Fargate: On-Demand, and Spot. */
const quotaCodes = { onDemand: "L-3032A538", spot: "L-36FBB829" } as const;

function servicePart({ once, call, signal }: Questions): ServicePart {
  const options = within({ signal });
  const stacks = stackPort(call);
  return {
    cluster: (nameOrArn) =>
      once(["cluster", nameOrArn], async () => {
        const { clusters = [] } = await call(async (clients) => {
          const { DescribeClustersCommand } = await import("@aws-sdk/client-ecs");
          return await (await clients.ecs()).send(new DescribeClustersCommand({ clusters: [nameOrArn] }), options);
        });
        const [found] = clusters;
        return (
          found && {
            name: sanitizeLine(found.clusterName ?? nameOrArn),
            status: found.status ?? "",
            capacityProviders: found.capacityProviders ?? [],
          }
        );
      }),
    clusterNames: () =>
      once(["clusters"], () =>
        call(async (clients) => {
          const { paginateListClusters } = await import("@aws-sdk/client-ecs");
          const pages = paginateListClusters({ client: await clients.ecs(), pageSize: 100 }, {}, options);
          return (await collect(pages, ({ clusterArns }) => clusterArns)).map((arn) => sanitizeLine(lastOfArn(arn)));
        }),
      ),
    stackStatus: (name) => once(["stack", name], async () => (await stacks.describeStack(name, signal))?.status),
    stackResources: (name) =>
      once(["resources", name], async () => (await stacks.stackResources(name, signal)).flatMap(({ physicalId }) => physicalId ?? [])),
    vCpuQuota: (kind) =>
      once(["quota", kind], async () => {
        const found = await unlessAbsent(
          call(async (clients) => {
            const { GetServiceQuotaCommand } = await import("@aws-sdk/client-service-quotas");
            const asked = new GetServiceQuotaCommand({ ServiceCode: "fargate", QuotaCode: quotaCodes[kind] });
            return await (await clients.serviceQuotas()).send(asked, options);
          }),
          "NoSuchResourceException",
        );
        return found?.Quota?.Value;
      }),
  };
}
