import { check, type Fault, moot } from "../check.ts";
import { subnetsOf } from "../subject.ts";
import { efsVolumesOf } from "../volumes.ts";

/** The VPC resolves the names by which file systems are mounted. */
export const vpcDns = check({
  id: "vpc-dns",
  claim: "the VPC resolves the names of file systems",
  actions: ["ec2:DescribeSubnets", "ec2:DescribeVpcAttribute"],
  predicts: ["efs-dns-resolve", "pull-dns-failure"],
  about: (subject) => {
    const subnets = subnetsOf(subject).map(({ value }) => value);
    return subnets.length > 0 && efsVolumesOf(subject).length > 0 ? [{ path: ["network", "subnets"], value: subnets }] : [];
  },
  async look(ids, _subject, account): Promise<Fault[] | typeof moot> {
    const vpcs = [...new Set((await account.subnets(ids)).map(({ vpcId }) => vpcId))];
    if (vpcs.length === 0) return moot;
    const faults = vpcs.map(async (vpcId): Promise<Fault[]> => {
      const { support, hostnames } = await account.vpcDns(vpcId);
      const off = [...(support ? [] : ["--enable-dns-support"]), ...(hostnames ? [] : ["--enable-dns-hostnames"])];
      if (off.length === 0) return [];
      return [
        {
          severity: support ? "warning" : "error",
          message: `The VPC ${vpcId} has DNS ${support ? "hostnames" : "resolution"} switched off: the names of file systems do not resolve there.`,
          hint: off.map((flag) => `aws ec2 modify-vpc-attribute --vpc-id ${vpcId} ${flag}`).join("; "),
        },
      ];
    });
    return (await Promise.all(faults)).flat();
  },
});
