import { createClients } from "../../aws-discovery/clients.ts";
import { toProblem } from "../../aws-discovery/problems.ts";
import { clusters } from "../../aws-discovery/sources/clusters.ts";
import type { PickerItem } from "../../engine/discovery.ts";
import { UserError } from "../../engine/problem.ts";
import type { Step } from "../../engine/sections/index.ts";
import { nearest } from "../../engine/values/scalar.ts";
import type { Io } from "../io.ts";
import type { Reach } from "../sandbox.ts";
import { version } from "../version.ts";
import { targetOf } from "./target.ts";

/**
 * Throws a UserError when the cluster of a step is not there or takes no services, before anything is created in vain. Where
 * clusters may not be listed it says so and lets the deployment find out; without credentials or connection the deployment says it.
 */
export async function checkCluster(
  step: Pick<Step, "target">,
  { endpointUrl, credentials }: Pick<Reach, "endpointUrl" | "credentials">,
  io: Io,
): Promise<void> {
  const { cluster, region } = step.target;
  const clients = createClients(targetOf(step, endpointUrl), { version, credentials });
  const names: string[] = [];
  try {
    for await (const page of clusters.load(clients, {}, new AbortController().signal)) {
      const found = page.find((item) => item.value === cluster || item.facts?.["arn"] === cluster);
      if (found) return mustTakeServices(found, region);
      names.push(...page.map(({ value }) => value));
    }
  } catch (error) {
    if (error instanceof UserError) throw error;
    const problem = toProblem(error, { target: clients.target });
    if (problem.kind === "denied") io.say(`! whether the cluster ${cluster} exists was not checked: ${problem.message}`);
    return;
  } finally {
    clients.destroy();
  }
  const close = nearest(cluster, names);
  const known = names.length === 0 ? "The region has no clusters." : `There are: ${names.slice(0, 10).join(", ")}.`;
  throw new UserError(`target.cluster: there is no cluster ${cluster} in ${region}`, {
    hint: close ? `The nearest is ${close}; --set target.cluster=${close}.` : `${known} Choose another cluster or --region.`,
  });
}

function mustTakeServices({ value, warning }: PickerItem, region: string): void {
  if (warning) throw new UserError(`target.cluster: ${value} in ${region}: ${warning}`, { hint: "Choose an ACTIVE cluster." });
}
