import { listed } from "../../rules/text.ts";
import type { Path } from "../../schema.ts";
import { CannotTell, check, type Fault, moot, type Placed } from "../check.ts";
import { lackingNames, needsOf, purposes, type Unmet, unmet } from "../needs.ts";
import { subnetsOf, together } from "../subject.ts";
import { fixOf, shown } from "../words.ts";

/** Subnets that are not public have a way to what the tasks need: a route out, or VPC endpoints. */
export const subnetWayOut = check({
  id: "subnet-way-out",
  claim: "every subnet has a way to what the tasks need",
  actions: ["ec2:DescribeSubnets", "ec2:DescribeRouteTables", "ec2:DescribeVpcEndpoints"],
  predicts: ["ecr-auth-network", "pull-network-timeout", "pull-layer-network", "secret-fetch-network", "logger-args-network"],
  about: (subject) => together(["network", "subnets"], subnetsOf(subject)),
  async look(chosen, subject, account) {
    const needs = needsOf(subject);
    const subnets = await account.subnets(chosen.map(({ value }) => value));
    if (subnets.length === 0) return moot;
    const routes = await account.routes(subnets);
    const closed = subnets.filter(({ id }) => routes.get(id)?.kind === "none");
    if (routes.size === 0) throw new CannotTell("no route table is known for the subnets");
    if (closed.length === 0 || needs.length === 0) return [];
    const endpoints = await account.endpoints(closed);
    const cut = closed
      .map((subnet) => ({ subnet, lacking: unmet(needs, endpoints.get(subnet.id) ?? []), gone: routes.get(subnet.id)?.gone }))
      .filter(({ lacking }) => lacking.length > 0);
    const alike = Map.groupBy(cut, ({ lacking, gone }) => JSON.stringify([lacking, gone]));
    const better = subnets.filter(({ id }) => !cut.some(({ subnet }) => subnet.id === id)).map(shown);
    const others = better.length > 0 ? ` ${listed(better)} ${better.length === 1 ? "has" : "have"}.` : "";
    return [...alike.values()].map((some): Fault => {
      const { lacking = [], gone } = some[0] ?? {};
      const names = some.map(({ subnet }) => shown(subnet));
      const lost = gone ? `way out (the default route leads to ${gone}, which is gone)` : "route to the internet";
      const have = names.length === 1 ? "has" : "have";
      return {
        path: placeOf(
          some.map(({ subnet }) => subnet.id),
          chosen,
        ),
        message: `${listed(names)} ${have} no ${lost}${endpointWords(lacking)}: a task there cannot ${listed(purposes(lacking))}.${others}`,
        hint: fixOf("ecr-auth-network", subject),
      };
    });
  },
});

/** The place of one subnet, or that of all where there are several. */
function placeOf(ids: readonly string[], chosen: readonly Placed<string>[]): Path {
  const only = ids.length === 1 ? chosen.find(({ value }) => value === ids[0])?.path : undefined;
  return only ?? ["network", "subnets"];
}

function endpointWords(lacking: readonly Unmet[]): string {
  const names = lackingNames(lacking);
  return names.length > 0 ? ` and no VPC endpoint for ${listed(names)}` : "";
}
