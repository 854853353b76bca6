import { check } from "../check.ts";
import { accessPointsOf } from "../volumes.ts";

/** The access points exist, can be used, and belong to their volumes' file systems. */
export const accessPoints = check({
  id: "access-points",
  claim: "the access points belong to the file systems",
  actions: ["elasticfilesystem:DescribeAccessPoints"],
  predicts: ["efs-access-denied"],
  about: accessPointsOf,
  async look({ id, fileSystemId }, { region }, account) {
    const found = await account.accessPoint(id);
    const hint = `Choose an access point of ${fileSystemId}: the picker lists them.`;
    if (!found) return [{ message: `There is no access point ${id} in ${region}.`, hint }];
    if (found.fileSystemId !== fileSystemId)
      return [{ message: `The access point ${id} belongs to ${found.fileSystemId}, but the volume is on ${fileSystemId}.`, hint }];
    return found.state === "available" ? [] : [{ message: `The access point ${id} is ${found.state}: tasks cannot use it.`, hint }];
  },
});
