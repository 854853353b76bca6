import { absolutePath } from "../../rules/checks.ts";
import { knownText } from "../../rules/text.ts";
import type { Fields } from "../../schema.ts";
import { otherContainers, volumeNames } from "../answers-elsewhere.ts";
import { ecsGuide, taskParameter } from "../docs.ts";
import { containerProperty } from "./property.ts";

const heading = "Storage and logging";

/** What the container sees of disks. */
export const storage = {
  readonlyRootFilesystem: {
    kind: "toggle",
    advanced: true,
    label: "Read-only root file system",
    help: "The program can write to mounted volumes only, which limits what an attacker can do. Many programs need a writable /tmp: mount a bind volume there.",
    docs: taskParameter("container_definition_storage"),
    property: containerProperty("ReadonlyRootFilesystem"),
    heading,
    assumed: false,
  },
  mountPoints: {
    kind: "list",
    item: "mount point",
    label: "Mount points",
    help: "Puts volumes of this step into the container's file system.",
    docs: ecsGuide("using_data_volumes"),
    property: containerProperty("MountPoints"),
    heading,
    summary: (row) => `${row["sourceVolume"] ?? ""} at ${row["containerPath"] ?? ""}`,
    unique: { rule: "duplicate-mount-path", what: "container path", at: "containerPath", key: (row) => knownText(row["containerPath"]) },
    blank: { sourceVolume: "", containerPath: "" },
    fields: {
      sourceVolume: {
        kind: "text",
        label: "Volume",
        help: "The name of a volume from the section Volumes.",
        docs: ecsGuide("using_data_volumes"),
        property: containerProperty("MountPoints.SourceVolume"),
        required: true,
        placeholder: "data",
        choices: volumeNames,
      },
      containerPath: {
        kind: "text",
        label: "Path",
        help: "Where the container sees the volume.",
        docs: ecsGuide("using_data_volumes"),
        property: containerProperty("MountPoints.ContainerPath"),
        required: true,
        placeholder: "/data",
        check: absolutePath,
      },
      readOnly: {
        kind: "toggle",
        label: "Read-only",
        help: "The container can read the volume but not write to it.",
        docs: ecsGuide("using_data_volumes"),
        property: containerProperty("MountPoints.ReadOnly"),
        assumed: false,
      },
    },
  },
  volumesFrom: {
    kind: "list",
    advanced: true,
    item: "volume source",
    label: "Volumes from",
    help: "Mounts all volumes of another container of the task at the same paths.",
    docs: taskParameter("container_definition_volumesfrom"),
    property: containerProperty("VolumesFrom"),
    heading,
    summary: (row) => `from ${row["sourceContainer"] ?? ""}`,
    unique: {
      rule: "duplicate-volumes-from",
      what: "source container",
      at: "sourceContainer",
      key: (row) => knownText(row["sourceContainer"]),
    },
    blank: { sourceContainer: "" },
    fields: {
      sourceContainer: {
        kind: "text",
        label: "Container",
        help: "The name of the container whose volumes are mounted.",
        docs: taskParameter("container_definition_volumesfrom"),
        property: containerProperty("VolumesFrom.SourceContainer"),
        required: true,
        choices: otherContainers,
      },
      readOnly: {
        kind: "toggle",
        label: "Read-only",
        help: "The container can read these volumes but not write to them.",
        docs: taskParameter("container_definition_volumesfrom"),
        property: containerProperty("VolumesFrom.ReadOnly"),
        assumed: false,
      },
    },
  },
} as const satisfies Fields;
