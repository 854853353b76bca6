import { expect, test } from "vitest";
import { ruleSummary } from "../../../src/aws-discovery/sources/rule-summary.ts";

const from = (port: number, ...ranges: string[]) => ({
  IpProtocol: "tcp",
  FromPort: port,
  ToPort: port,
  IpRanges: ranges.map((CidrIp) => ({ CidrIp })),
});
const outAll = { IpProtocol: "-1", IpRanges: [{ CidrIp: "0.0.0.0/0" }] };
const summary = (ingress: object[], egress: object[] = [outAll], most?: number) => ruleSummary({ id: "sg-own", ingress, egress }, most);

test.each([
  [
    "one port from another group",
    [{ IpProtocol: "tcp", FromPort: 80, ToPort: 80, UserIdGroupPairs: [{ GroupId: "sg-alb" }] }],
    "in 80 from sg-alb",
  ],
  ["several ports from the same place", [from(80, "0.0.0.0/0"), from(443, "0.0.0.0/0")], "in 80, 443 from anywhere"],
  ["both internets at once", [{ ...from(443, "0.0.0.0/0"), Ipv6Ranges: [{ CidrIpv6: "::/0" }] }], "in 443 from anywhere"],
  ["the group itself", [{ IpProtocol: "-1", UserIdGroupPairs: [{ GroupId: "sg-own" }] }], "in all from itself"],
  ["a range of ports", [{ ...from(8000, "10.0.0.0/8"), ToPort: 8100 }], "in 8000–8100 from 10.0.0.0/8"],
  ["other protocols", [{ ...from(53, "10.0.0.0/8"), IpProtocol: "udp" }], "in 53/udp from 10.0.0.0/8"],
  ["a protocol by its number", [{ ...from(53, "10.0.0.0/8"), IpProtocol: "17" }], "in 53/udp from 10.0.0.0/8"],
  ["all ports of a protocol", [{ ...from(0, "10.0.0.0/8"), ToPort: 65535 }], "in all tcp from 10.0.0.0/8"],
  ["ping", [{ IpProtocol: "icmp", FromPort: 8, ToPort: -1, IpRanges: [{ CidrIp: "0.0.0.0/0" }] }], "in ping from anywhere"],
  [
    "a prefix list",
    [{ IpProtocol: "tcp", FromPort: 80, ToPort: 80, PrefixListIds: [{ PrefixListId: "pl-cloudfront" }] }],
    "in 80 from pl-cloudfront",
  ],
  ["everything makes the rest needless", [from(80, "0.0.0.0/0"), outAll], "in all from anywhere"],
  ["no rule", [], "in nothing"],
])("in: %s", (_what, ingress, text) => {
  expect(summary(ingress)).toBe(`${text} · out all`);
});

test("out: nothing, or by place", () => {
  expect(summary([], [])).toBe("in nothing · out nothing");
  expect(summary([], [from(443, "0.0.0.0/0"), from(5432, "10.0.3.0/24")])).toBe("in nothing · out 443; 5432 to 10.0.3.0/24");
});

test("long lists are cut for the column, whole for the detail", () => {
  const rules = [from(22, "10.0.0.1/32"), from(22, "10.0.0.2/32"), from(22, "10.0.0.3/32"), from(22, "10.0.0.4/32")];
  expect(summary(rules)).toBe("in 22 from 10.0.0.1/32; 22 from 10.0.0.2/32 +2 more · out all");
  expect(summary(rules, [outAll], Number.POSITIVE_INFINITY)).toContain("22 from 10.0.0.4/32 · out");
});

test("another group is called by its name where that is known", () => {
  const peers = [{ ...from(80), UserIdGroupPairs: [{ GroupId: "sg-alb" }, { GroupId: "sg-unknown" }] }];
  const nameOf = (id: string) => (id === "sg-alb" ? "alb-public" : id);
  expect(ruleSummary({ id: "sg-own", ingress: peers, egress: [outAll] }, 2, nameOf)).toBe(
    "in 80 from alb-public; 80 from sg-unknown · out all",
  );
});
