import type { FileSystemDescription, MountTargetDescription } from "@aws-sdk/client-efs";
import type { PickerItem } from "../../engine/discovery.ts";
import { byName, type Source } from "../source.ts";
import { concurrently, orElse } from "../support/streams.ts";
import { formatBytes, nameTag } from "../support/words.ts";

const mountTargetsLookedUp = 100;
const lookUpsAtOnce = 4;

/** One file system as a row; `mountTargets` undefined: not known. */
export function toItem(system: FileSystemDescription, mountTargets?: readonly MountTargetDescription[]): PickerItem {
  const { FileSystemId = "", LifeCycleState = "", SizeInBytes, Encrypted = false, Tags, Name } = system;
  const usable = mountTargets?.filter((target) => target.LifeCycleState === "available");
  const zones = [...new Set(usable?.map(({ AvailabilityZoneName = "" }) => AvailabilityZoneName))].sort();
  const warning =
    LifeCycleState !== "available"
      ? `the file system is ${LifeCycleState}`
      : usable?.length === 0
        ? "no mount targets: tasks cannot mount it"
        : undefined;
  return {
    value: FileSystemId,
    columns: [
      Name ?? nameTag(Tags),
      FileSystemId,
      LifeCycleState,
      formatBytes(SizeInBytes?.Value ?? 0),
      Encrypted ? "encrypted" : "not encrypted",
      zones.join(", "),
    ],
    ...(warning ? { warning } : {}),
    facts: {
      state: LifeCycleState,
      ...(usable ? { zones, subnets: usable.map(({ SubnetId = "" }) => SubnetId), vpcId: usable[0]?.VpcId ?? "" } : {}),
    },
  };
}

/** The EFS file systems of the region; the zones of their mount targets follow. */
export const fileSystems: Source = {
  id: "fileSystems",
  columns: [
    { title: "Name", rank: 1 },
    { title: "File system", rank: 3 },
    { title: "State", rank: 4 },
    { title: "Size", rank: 6 },
    { title: "Encryption", rank: 5 },
    { title: "Mount targets in", rank: 2 },
  ],
  needs: [],
  actions: ["elasticfilesystem:DescribeFileSystems", "elasticfilesystem:DescribeMountTargets"],
  compare: byName,
  async *load(clients, _inputs, signal) {
    const { DescribeMountTargetsCommand, paginateDescribeFileSystems } = await import("@aws-sdk/client-efs");
    const client = await clients.efs();
    const seen: FileSystemDescription[] = [];
    for await (const { FileSystems = [] } of paginateDescribeFileSystems({ client, pageSize: 100 }, {}, { abortSignal: signal })) {
      seen.push(...FileSystems);
      yield FileSystems.map((system) => toItem(system));
    }
    const described = concurrently(seen.slice(0, mountTargetsLookedUp), lookUpsAtOnce, async (system) => {
      const asked = client.send(new DescribeMountTargetsCommand({ FileSystemId: system.FileSystemId }), { abortSignal: signal });
      const found = await orElse(asked, undefined);
      return found && toItem(system, found.MountTargets ?? []);
    });
    for await (const item of described) if (item) yield [item];
  },
};
