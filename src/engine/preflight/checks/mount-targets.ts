import { listed } from "../../rules/text.ts";
import { check, type Fault, moot } from "../check.ts";
import { subnetsOf } from "../subject.ts";
import { fileSystemsOf } from "../volumes.ts";
import { fixOf, shown } from "../words.ts";

/** The file systems have a mount target in the zone of every subnet, in the subnets' VPC. */
export const mountTargets = check({
  id: "mount-targets",
  claim: "the file systems have mount targets in the subnets' zones",
  actions: ["elasticfilesystem:DescribeFileSystems", "elasticfilesystem:DescribeMountTargets", "ec2:DescribeSubnets"],
  predicts: ["efs-dns-resolve"],
  about: fileSystemsOf,
  async look({ fileSystemId }, subject, account): Promise<Fault[] | typeof moot> {
    const [system, subnets] = await Promise.all([
      account.fileSystem(fileSystemId),
      account.subnets(subnetsOf(subject).map(({ value }) => value)),
    ]);
    if (!system || subnets.length === 0) return moot;
    const targets = (await account.mountTargets(fileSystemId)).filter(({ state }) => state === "available");
    const hint = fixOf("efs-dns-resolve", subject);
    const vpcs = new Set(subnets.map(({ vpcId }) => vpcId));
    const here = targets.filter(({ vpcId }) => vpcs.has(vpcId));
    if (targets.length === 0) return [{ message: `The file system ${fileSystemId} has no mount targets: no task can mount it.`, hint }];
    if (here.length === 0) {
      const elsewhere = [...new Set(targets.map(({ vpcId }) => vpcId))];
      return [
        {
          message: `The file system ${fileSystemId} has mount targets in ${listed(elsewhere)} only, but the tasks run in ${listed([...vpcs])}.`,
          hint,
        },
      ];
    }
    const without = subnets.filter(({ zone }) => !here.some((target) => target.zone === zone));
    if (without.length === 0) return [];
    const places = without.map((subnet) => `${shown(subnet)} in ${subnet.zone}`);
    return [
      {
        message: `The file system ${fileSystemId} has no mount target in the ${without.length === 1 ? "zone" : "zones"} of ${listed(places)}: tasks there cannot mount it.`,
        hint,
      },
    ];
  },
});
