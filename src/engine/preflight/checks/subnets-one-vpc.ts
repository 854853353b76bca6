import { listed } from "../../rules/text.ts";
import { check, moot } from "../check.ts";
import { subnetsOf, together } from "../subject.ts";
import { shown } from "../words.ts";

/** The chosen subnets are in one VPC. */
export const subnetsOneVpc = check({
  id: "subnets-one-vpc",
  claim: "the subnets are in one VPC",
  actions: ["ec2:DescribeSubnets"],
  predicts: [],
  about: (subject) => together(["network", "subnets"], subnetsOf(subject)),
  async look(chosen, _subject, account) {
    const found = await account.subnets(chosen.map(({ value }) => value));
    const byVpc = Map.groupBy(found, ({ vpcId }) => vpcId);
    const [home, ...others] = [...byVpc].sort(([, a], [, b]) => b.length - a.length);
    if (!home) return moot;
    return others.flatMap(([vpcId, subnets]) =>
      subnets.map((subnet) => ({
        path: chosen.find(({ value }) => value === subnet.id)?.path ?? ["network", "subnets"],
        message: `${shown(subnet)} is in ${vpcId}, but ${listed(home[1].map(shown))} ${home[1].length === 1 ? "is" : "are"} in ${home[0]}: a service lives in one VPC.`,
        hint: `Choose subnets of one VPC, e.g. those of ${home[0]}.`,
      })),
    );
  },
});
