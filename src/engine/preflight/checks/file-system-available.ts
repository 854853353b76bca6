import { check } from "../check.ts";
import { fileSystemsOf } from "../volumes.ts";

/** The file systems exist and can be used. */
export const fileSystemAvailable = check({
  id: "file-system-available",
  claim: "the file systems exist and are available",
  actions: ["elasticfilesystem:DescribeFileSystems"],
  predicts: ["efs-dns-resolve"],
  about: fileSystemsOf,
  async look({ fileSystemId }, { region }, account) {
    const found = await account.fileSystem(fileSystemId);
    if (!found)
      return [{ message: `There is no file system ${fileSystemId} in ${region}.`, hint: "Choose one that exists: the picker lists them." }];
    if (found.state === "available" || found.state === "updating") return [];
    return [
      {
        message: `The file system ${fileSystemId} is ${found.state}: tasks cannot mount it.`,
        hint: "Wait until it is available, or choose another.",
      },
    ];
  },
});
