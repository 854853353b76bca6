import { listed } from "../../rules/text.ts";
import { CannotTell, check, type Fault, moot } from "../check.ts";
import { needsOf, unmet } from "../needs.ts";
import { subnetsOf } from "../subject.ts";
import { shown } from "../words.ts";

/** Tasks in public subnets get public addresses, without which nothing leaves; tasks elsewhere get none, which would be of no use. */
export const publicIp = check({
  id: "public-ip",
  claim: "Auto-assign public IP suits the subnets",
  actions: ["ec2:DescribeSubnets", "ec2:DescribeRouteTables", "ec2:DescribeVpcEndpoints"],
  predicts: ["ecr-auth-network", "pull-network-timeout"],
  about: (subject) => {
    const { assignPublicIp } = subject.step.network;
    const chosen = subnetsOf(subject);
    return typeof assignPublicIp === "boolean" && chosen.length > 0
      ? [{ path: ["network", "assignPublicIp"], value: { assign: assignPublicIp, ids: chosen.map(({ value }) => value) } }]
      : [];
  },
  async look({ assign, ids }, subject, account) {
    const subnets = await account.subnets(ids);
    if (subnets.length === 0) return moot;
    const routes = await account.routes(subnets);
    if (routes.size === 0) throw new CannotTell("no route table is known for the subnets");
    const open = subnets.filter(({ id }) => routes.get(id)?.kind === "public");
    if (assign) return useless(open.length === 0 ? subnets.map(shown) : []);
    if (open.length === 0) return [];
    const endpoints = await account.endpoints(open);
    const cut = open.filter(({ id }) => unmet(needsOf(subject), endpoints.get(id) ?? []).length > 0);
    return cut.length > 0 ? needed(cut.map(shown)) : [];
  },
});

function needed(names: readonly string[]): readonly Fault[] {
  const many = names.length > 1;
  return [
    {
      message: `${listed(names)} ${many ? "are public subnets" : "is a public subnet"}, and Auto-assign public IP is off: nothing that a task there sends ever leaves, so the image cannot be pulled.`,
      hint: "Turn network.assignPublicIp on, or choose private subnets with a NAT gateway.",
    },
  ];
}

function useless(names: readonly string[]): readonly Fault[] {
  if (names.length === 0) return [];
  return [
    {
      severity: "warning",
      message: `Auto-assign public IP is on, but ${listed(names)} ${names.length > 1 ? "are private subnets" : "is a private subnet"}: the addresses would be of no use there, and cost money.`,
      hint: "Turn network.assignPublicIp off, or choose public subnets.",
    },
  ];
}
