/** What security groups let through. */
import type { GroupFacts, RuleFacts } from "./account.ts";

/** Whether a rule is about a port. */
export function covers({ protocol, from, to }: RuleFacts, wanted: string, port: number): boolean {
  if (protocol === "-1") return true;
  return protocol === wanted && (from === undefined || from <= port) && (to === undefined || to >= port);
}

/** The rules that let something out to a port. */
export function outTo(groups: readonly GroupFacts[], port: number, protocol = "tcp"): readonly RuleFacts[] {
  return groups.flatMap(({ egress }) => egress.filter((rule) => covers(rule, protocol, port)));
}

/** The rules that let something in on a port. */
export function inOn(groups: readonly GroupFacts[], port: number, protocol = "tcp"): readonly RuleFacts[] {
  return groups.flatMap(({ ingress }) => ingress.filter((rule) => covers(rule, protocol, port)));
}

/** Whether a rule may concern who bears these security groups: by one of them, or by an address range or list, which may hold them. */
export function mayConcern({ ranges, prefixLists, groups }: RuleFacts, bearers: readonly string[]): boolean {
  return ranges.length > 0 || prefixLists.length > 0 || groups.some((id) => bearers.includes(id));
}

const everywhere = ["0.0.0.0/0", "::/0"];

/** Whether a rule leads to the whole internet; a prefix list may be all that is needed of it. */
export function leadsOut({ ranges, prefixLists }: RuleFacts): boolean {
  return prefixLists.length > 0 || ranges.some((range) => everywhere.includes(range));
}
