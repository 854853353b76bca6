import { ecsName, matching } from "../rules/checks.ts";
import { knownText, maybe } from "../rules/text.ts";
import type { FieldScope, Section } from "../schema.ts";
import { ecsGuide } from "./docs.ts";

const property = "AWS::ECS::TaskDefinition.Volumes";
const efs = (scope: FieldScope) => maybe(scope.siblings["type"], "efs");

/** Section 11: storage that containers mount. */
export const volumes = {
  key: "volumes",
  title: "Volumes",
  short: "Volumes",
  field: {
    kind: "list",
    item: "volume",
    label: "Volumes",
    help: "Storage that containers of the task mount: temporary space they share, or a file system that outlives the tasks.",
    docs: ecsGuide("using_data_volumes"),
    property,
    summary: (volume) =>
      `${volume["name"] ?? ""} (${volume["type"] === "efs" ? `EFS ${volume["fileSystemId"] ?? ""}`.trim() : (volume["type"] ?? "")})`,
    unique: { rule: "duplicate-volume", what: "volume name", at: "name", key: (volume) => knownText(volume["name"]) },
    blank: { name: "", type: "bind" },
    fields: {
      name: {
        kind: "text",
        label: "Name",
        help: "The name by which mount points refer to the volume.",
        docs: ecsGuide("using_data_volumes"),
        property: `${property}.Name`,
        required: true,
        placeholder: "data",
        check: ecsName,
      },
      type: {
        kind: "choice",
        label: "Type",
        help: "A bind volume is temporary space shared by the containers of one task. An EFS volume is a file system shared by all tasks that keeps its files.",
        docs: ecsGuide("using_data_volumes"),
        required: true,
        default: "bind",
        options: [
          { value: "bind", label: "bind", help: "temporary, within one task" },
          { value: "efs", label: "EFS", help: "lasting, shared by all tasks" },
        ],
      },
      fileSystemId: {
        kind: "pick",
        source: "fileSystems",
        label: "File system",
        help: "The EFS file system. It needs a mount target in the zone of every subnet, and its security group must let the tasks in on port 2049.",
        docs: ecsGuide("efs-volumes"),
        property: `${property}.EFSVolumeConfiguration.FilesystemId`,
        placeholder: "fs-0123456789abcdef0",
        when: efs,
        check: matching(/^fs-[0-9a-f]{8,40}$/, "file-system-id", "an EFS file system id", "Use the id, such as fs-0123456789abcdef0."),
      },
      accessPointId: {
        kind: "pick",
        source: "accessPoints",
        label: "Access point",
        help: "An EFS access point that fixes the directory and the user. It needs encryption in transit, and no root directory of your own.",
        docs: ecsGuide("efs-volumes"),
        property: `${property}.EFSVolumeConfiguration.AuthorizationConfig.AccessPointId`,
        placeholder: "fsap-0123456789abcdef0",
        when: efs,
        check: matching(
          /^fsap-[0-9a-f]{8,40}$/,
          "access-point-id",
          "an EFS access point id",
          "Use the id, such as fsap-0123456789abcdef0.",
        ),
      },
      rootDirectory: {
        kind: "text",
        label: "Root directory",
        help: "The directory of the file system that containers see as the volume's root. It must exist already.",
        docs: ecsGuide("efs-volumes"),
        property: `${property}.EFSVolumeConfiguration.RootDirectory`,
        placeholder: "/",
        when: efs,
        check: matching(/^\//, "absolute-path", "an absolute path", "Begin the directory with a slash, e.g. /data."),
      },
      encryptionInTransit: {
        kind: "toggle",
        label: "Encryption in transit",
        help: "Encrypts what goes between the tasks and the file system. Access points and IAM authorization need it.",
        docs: ecsGuide("efs-volumes"),
        property: `${property}.EFSVolumeConfiguration.TransitEncryption`,
        default: false,
        when: efs,
      },
      iamAuthorization: {
        kind: "toggle",
        label: "IAM authorization",
        help: "Mounts the file system with the task role, so that its policy decides who may read and write. It needs encryption in transit and a task role.",
        docs: ecsGuide("efs-volumes"),
        property: `${property}.EFSVolumeConfiguration.AuthorizationConfig.IAM`,
        default: false,
        when: efs,
      },
    },
  },
} as const satisfies Section;
