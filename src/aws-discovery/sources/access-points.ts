import type { AccessPointDescription } from "@aws-sdk/client-efs";
import type { PickerItem } from "../../engine/discovery.ts";
import { byName, type Source } from "../source.ts";
import { nameTag } from "../support/words.ts";

/** One access point as a row. */
export function toItem({ AccessPointId = "", Name, Tags, RootDirectory, PosixUser, LifeCycleState }: AccessPointDescription): PickerItem {
  const user = PosixUser ? `as ${PosixUser.Uid}:${PosixUser.Gid}` : "as the container's user";
  return {
    value: AccessPointId,
    columns: [Name ?? nameTag(Tags), AccessPointId, RootDirectory?.Path ?? "/", user],
    ...(LifeCycleState && LifeCycleState !== "available" ? { warning: `the access point is ${LifeCycleState}` } : {}),
  };
}

/** The access points of a file system. */
export const accessPoints: Source = {
  id: "accessPoints",
  columns: [
    { title: "Name", rank: 1 },
    { title: "Access point", rank: 3 },
    { title: "Directory", rank: 2 },
    { title: "User", rank: 4 },
  ],
  needs: ["fileSystemId"],
  actions: ["elasticfilesystem:DescribeAccessPoints"],
  compare: byName,
  async *load(clients, { fileSystemId }, signal) {
    const { paginateDescribeAccessPoints } = await import("@aws-sdk/client-efs");
    const pages = paginateDescribeAccessPoints(
      { client: await clients.efs(), pageSize: 100 },
      { FileSystemId: fileSystemId },
      { abortSignal: signal },
    );
    for await (const { AccessPoints = [] } of pages) yield AccessPoints.map(toItem);
  },
};
