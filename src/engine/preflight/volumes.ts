/** The EFS volumes of a step. */
import type { Path } from "../schema.ts";
import type { Placed } from "./check.ts";
import { type Subject, textAt } from "./subject.ts";

/** A volume on a file system. */
export interface VolumeUse {
  readonly name: string;
  readonly fileSystemId: string;
}

/** The volumes whose file system is known, each at its file system's place. */
export function efsVolumesOf(subject: Subject): readonly Placed<VolumeUse>[] {
  return (subject.step.volumes ?? []).flatMap(({ name, type, fileSystemId }, at) =>
    type === "efs"
      ? textAt(subject, ["volumes", at, "fileSystemId"], fileSystemId).map(({ path, value }) => ({
          path,
          value: { name, fileSystemId: value },
        }))
      : [],
  );
}

/** One volume of each file system. */
export function fileSystemsOf(subject: Subject): readonly Placed<VolumeUse>[] {
  const all = efsVolumesOf(subject);
  return all.filter(({ value }, at) => all.findIndex((other) => other.value.fileSystemId === value.fileSystemId) === at);
}

/** The access points, each at its place. */
export function accessPointsOf(subject: Subject): readonly Placed<{ readonly id: string; readonly fileSystemId: string }>[] {
  return efsVolumesOf(subject).flatMap(({ path, value: { fileSystemId } }) => {
    const at = Number(path[1]);
    const place: Path = ["volumes", at, "accessPointId"];
    return textAt(subject, place, subject.step.volumes?.[at]?.accessPointId).map(({ value: id }) => ({
      path: place,
      value: { id, fileSystemId },
    }));
  });
}
