import { listed } from "../../rules/text.ts";
import { check, type Fault, moot } from "../check.ts";
import { inOn, mayConcern, outTo } from "../rules.ts";
import { groupsOf, subnetsOf } from "../subject.ts";
import { fileSystemsOf } from "../volumes.ts";
import { fixOf, shown } from "../words.ts";

const nfs = 2049;

/** The tasks may talk to the mount targets: out of their own security groups, and into those of the mount targets. */
export const mountTargetAccess = check({
  id: "mount-target-access",
  claim: "the tasks may reach the mount targets on port 2049",
  actions: [
    "elasticfilesystem:DescribeMountTargets",
    "elasticfilesystem:DescribeMountTargetSecurityGroups",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeSubnets",
  ],
  predicts: ["efs-mount-timeout"],
  about: fileSystemsOf,
  async look({ fileSystemId }, subject, account): Promise<Fault[] | typeof moot> {
    const own = groupsOf(subject).map(({ value }) => value);
    const subnets = await account.subnets(subnetsOf(subject).map(({ value }) => value));
    const system = await account.fileSystem(fileSystemId);
    if (!system || own.length === 0) return moot;
    const zones = new Set(subnets.map(({ zone }) => zone));
    const vpcs = new Set(subnets.map(({ vpcId }) => vpcId));
    const targets = (await account.mountTargets(fileSystemId)).filter(({ zone, vpcId }) => zones.has(zone) && vpcs.has(vpcId));
    if (targets.length === 0) return moot;
    const ofTarget = await Promise.all(targets.map(async ({ id }) => await account.securityGroups(await account.mountTargetGroups(id))));
    const tasks = await account.securityGroups(own);
    const groups = ofTarget.flat();
    const shut = ofTarget.filter((theirs) => theirs.length > 0 && !inOn(theirs, nfs).some((rule) => mayConcern(rule, own)));
    const names = [...new Set(shut.flat().map(shown))];
    const hint = fixOf("efs-mount-timeout", subject);
    const faults: Fault[] = [];
    if (names.length > 0) {
      faults.push({
        message: `The mount targets of ${fileSystemId} do not let the tasks in: no rule of ${listed(names)} admits TCP ${nfs} from ${listed(tasks.map(shown))}.`,
        hint,
      });
    }
    const closed =
      targets.length > 0 &&
      tasks.length === own.length &&
      !outTo(tasks, nfs).some((rule) =>
        mayConcern(
          rule,
          groups.map(({ id }) => id),
        ),
      );
    if (closed) {
      faults.push({
        path: ["network", "securityGroups"],
        message: `The tasks cannot reach the mount targets of ${fileSystemId}: no rule of ${listed(tasks.map(shown))} lets TCP ${nfs} out.`,
        hint,
      });
    }
    return faults;
  },
});
