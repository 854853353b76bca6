import type { Vpc } from "@aws-sdk/client-ec2";
import type { PickerItem } from "../../engine/discovery.ts";
import { byName, type Source } from "../source.ts";
import { orElse } from "../support/streams.ts";
import { nameTag } from "../support/words.ts";
import { vpcsOfCluster } from "../vpc-of-cluster.ts";

/** One VPC as a row; `fact cluster` says that services of the cluster run in it. */
export function toItem({ VpcId = "", CidrBlock = "", IsDefault = false, Tags }: Vpc, ofCluster: readonly string[]): PickerItem {
  const cluster = ofCluster.includes(VpcId);
  const notes = [cluster ? "the cluster's services run here" : "", IsDefault ? "default VPC" : ""].filter(Boolean);
  return {
    value: VpcId,
    columns: [nameTag(Tags), VpcId, CidrBlock, notes.join(" · ")],
    facts: { cluster, default: IsDefault, cidr: CidrBlock },
  };
}

/** The VPCs of the region, those of the cluster's services first. */
export const vpcs: Source = {
  id: "vpcs",
  columns: [
    { title: "Name", rank: 1 },
    { title: "VPC", rank: 4 },
    { title: "CIDR", rank: 3 },
    { title: "Note", rank: 2 },
  ],
  needs: [],
  actions: ["ec2:DescribeVpcs", "ecs:ListServices", "ecs:DescribeServices", "ec2:DescribeSubnets"],
  compare: (a, b) => Number(b.facts?.["cluster"] === true) - Number(a.facts?.["cluster"] === true) || byName(a, b),
  async *load(clients, { cluster }, signal) {
    const { paginateDescribeVpcs } = await import("@aws-sdk/client-ec2");
    const inferring = cluster
      ? orElse<readonly string[], readonly string[]>(vpcsOfCluster(clients, cluster, signal), [])
      : Promise.resolve<readonly string[]>([]);
    inferring.catch(() => {}); // an abort, which the listing sees as well
    const seen: Vpc[] = [];
    for await (const { Vpcs = [] } of paginateDescribeVpcs({ client: await clients.ec2() }, {}, { abortSignal: signal })) {
      seen.push(...Vpcs);
      yield Vpcs.map((vpc) => toItem(vpc, []));
    }
    const ofCluster = await inferring;
    yield seen.filter(({ VpcId }) => VpcId && ofCluster.includes(VpcId)).map((vpc) => toItem(vpc, ofCluster));
  },
};
