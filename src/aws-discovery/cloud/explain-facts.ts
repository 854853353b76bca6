/** What explanations of a failure speak of, looked up in the account. */

import type { ExplainFacts, SubnetFacts } from "../../engine/diagnosis/context.ts";
import type { PickerItem } from "../../engine/discovery.ts";
import type { AwsClients } from "../clients.ts";
import { identityOf } from "../identity.ts";
import { cleanItem } from "../items.ts";
import { newestTagged } from "../newest-tags.ts";
import type { Inputs, Source } from "../source.ts";
import { imageTags, repositoryPlace } from "../sources/image-tags.ts";
import { subnets } from "../sources/subnets.ts";

/** The parts of a service about which explanations want to know more. */
export interface ExplainWanted {
  /** References of the containers' images; those outside Amazon ECR are left out. */
  readonly images: readonly string[];
  /** Ids of the service's subnets; they are told with the other subnets of their VPC. */
  readonly subnets: readonly string[];
}

const routes: Readonly<Record<string, SubnetFacts["route"]>> = { public: "internet", nat: "nat", none: "none", endpoints: "none" };

/** Looks all of it up at once. What may not be seen, fails or takes longer than the signal allows is left out. Never rejects. */
export async function explainFacts(clients: AwsClients, wanted: ExplainWanted, signal: AbortSignal): Promise<ExplainFacts> {
  const repositories = [...new Set(wanted.images)].filter((image) => repositoryPlace(image));
  const [identity, network, ...tags] = await Promise.all([
    orNothing(identityOf(clients, signal)),
    wanted.subnets.length > 0 ? seen(subnets, clients, {}, signal) : [],
    ...repositories.map(async (repository) => [repository, await newestTags(clients, repository, signal)] as const),
  ]);
  const known = tags.flatMap(([repository, names]) => {
    const place = repositoryPlace(repository);
    return place && names.length > 0 ? [[place.repositoryName, names] as const] : [];
  });
  return {
    ...(identity?.accountId ? { account: identity.accountId } : {}),
    ...networkFacts(network, wanted.subnets),
    ...(known.length > 0 ? { newestTags: Object.fromEntries(known) } : {}),
  };
}

function networkFacts(items: readonly PickerItem[], chosen: readonly string[]): Pick<ExplainFacts, "vpcId" | "subnets"> {
  const vpcId = items.find((item) => chosen.includes(item.value))?.facts?.["vpcId"];
  if (typeof vpcId !== "string" || vpcId === "") return {};
  return { vpcId, subnets: items.filter((item) => item.facts?.["vpcId"] === vpcId).map(subnetFacts) };
}

function subnetFacts({ value, columns, facts }: PickerItem): SubnetFacts {
  const route = routes[String(facts?.["wayOut"])];
  const endpoints = facts?.["endpoints"];
  return {
    id: value,
    ...(columns[0] ? { name: columns[0] } : {}),
    ...(route ? { route } : {}),
    ...(Array.isArray(endpoints) ? { endpoints: endpoints as readonly string[] } : {}),
  };
}

async function newestTags(clients: AwsClients, repository: string, signal: AbortSignal): Promise<readonly string[]> {
  // The architectures, which follow the tags, are of no use here.
  const items = await seen(imageTags, clients, { repository }, signal, (item) => item.facts?.["architectures"] !== undefined);
  return newestTagged(items).map((item) => item.value);
}

/** The items of a source up to its end, its failure, the signal, or the first that is `enough`. */
async function seen(
  source: Source,
  clients: AwsClients,
  inputs: Inputs,
  signal: AbortSignal,
  enough: (item: PickerItem) => boolean = () => false,
): Promise<readonly PickerItem[]> {
  const items = new Map<string, PickerItem>();
  const load = async () => {
    for await (const page of source.load(clients, inputs, signal)) {
      if (page.some(enough)) return;
      for (const item of page) items.set(item.value, cleanItem(item));
    }
  };
  await orNothing(Promise.race([load(), aborted(signal)]));
  return [...items.values()];
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

async function orNothing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch {
    return undefined;
  }
}
