import type { IpPermission } from "@aws-sdk/client-ec2";

const protocols: Readonly<Record<string, string>> = { "1": "icmp", "6": "tcp", "17": "udp", "58": "icmpv6" };

/** The ports of a rule: `80`, `8000–8100`, `53/udp`, `all`. */
function portsOf({ IpProtocol = "-1", FromPort, ToPort }: IpPermission): string {
  const protocol = protocols[IpProtocol] ?? IpProtocol;
  if (protocol === "-1") return "all";
  if (protocol.startsWith("icmp")) return "ping";
  const whole = FromPort === undefined || FromPort === -1 || (FromPort === 0 && ToPort === 65535);
  const ports = whole ? `all ${protocol}` : FromPort === ToPort ? String(FromPort) : `${FromPort}–${ToPort}`;
  return protocol === "tcp" || whole ? ports : `${ports}/${protocol}`;
}

const anywhere = ["0.0.0.0/0", "::/0"];

/** How another security group is called, from its id. */
export type NameOfGroup = (id: string) => string;

/** The other ends of a rule: `anywhere`, an address range, a group, `itself`. */
function peersOf(rule: IpPermission, ownId: string, nameOf: NameOfGroup): readonly string[] {
  const ranges = [...(rule.IpRanges ?? []).map(({ CidrIp }) => CidrIp), ...(rule.Ipv6Ranges ?? []).map(({ CidrIpv6 }) => CidrIpv6)];
  const groups = (rule.UserIdGroupPairs ?? []).map(({ GroupId }) => (GroupId === ownId ? "itself" : GroupId && nameOf(GroupId)));
  const lists = (rule.PrefixListIds ?? []).map(({ PrefixListId }) => PrefixListId);
  const peers = [...ranges.map((range) => (range && anywhere.includes(range) ? "anywhere" : range)), ...groups, ...lists];
  return [...new Set(peers.filter((peer): peer is string => peer !== undefined))];
}

/** Clauses such as `80, 443 from anywhere`, one for each other end. */
function clauses(rules: readonly IpPermission[], ownId: string, direction: "from" | "to", nameOf: NameOfGroup): readonly string[] {
  const portsByPeer = new Map<string, Set<string>>();
  for (const rule of rules) {
    for (const peer of peersOf(rule, ownId, nameOf)) portsByPeer.set(peer, (portsByPeer.get(peer) ?? new Set()).add(portsOf(rule)));
  }
  return [...portsByPeer].map(([peer, ports]) => {
    const what = ports.has("all") ? "all" : [...ports].join(", ");
    return direction === "to" && peer === "anywhere" ? what : `${what} ${direction} ${peer}`;
  });
}

const shorten = (parts: readonly string[], most: number): string =>
  parts.length === 0
    ? "nothing"
    : parts.length <= most
      ? parts.join("; ")
      : `${parts.slice(0, most).join("; ")} +${parts.length - most} more`;

/** What a security group lets through, in plain words: `in 80 from alb-public · out all`; at most `most` other ends each way. */
export function ruleSummary(
  group: { id: string; ingress: readonly IpPermission[]; egress: readonly IpPermission[] },
  most = 2,
  nameOf: NameOfGroup = (id) => id,
): string {
  const { id, ingress, egress } = group;
  return `in ${shorten(clauses(ingress, id, "from", nameOf), most)} · out ${shorten(clauses(egress, id, "to", nameOf), most)}`;
}
