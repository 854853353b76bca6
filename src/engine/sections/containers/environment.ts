import { environmentFileArn, secretOrParameterArn } from "../../rules/arn.ts";
import { absolutePath, matching } from "../../rules/checks.ts";
import { knownText } from "../../rules/text.ts";
import type { Fields } from "../../schema.ts";
import { ecsGuide, taskParameter } from "../docs.ts";
import { containerProperty } from "./property.ts";

const heading = "Environment";

/** What is started in the container, and with which variables. */
export const environment = {
  entryPoint: {
    kind: "texts",
    advanced: true,
    label: "Entry point",
    help: "Replaces the program the image starts (its ENTRYPOINT), one item per word. Left empty, the image's own is used.",
    docs: taskParameter("container_definition_environment"),
    property: containerProperty("EntryPoint"),
    heading,
    placeholder: "/entrypoint.sh",
  },
  command: {
    kind: "texts",
    label: "Command",
    help: "Replaces what the image passes to its entry point (its CMD), one item per word. Left empty, the image's own is used.",
    docs: taskParameter("container_definition_environment"),
    property: containerProperty("Command"),
    heading,
    placeholder: "serve",
  },
  workingDirectory: {
    kind: "text",
    advanced: true,
    label: "Working directory",
    help: "The directory in which the program starts. Left empty, the image's own is used.",
    docs: taskParameter("container_definition_environment"),
    property: containerProperty("WorkingDirectory"),
    heading,
    placeholder: "/app",
    check: absolutePath,
  },
  user: {
    kind: "text",
    advanced: true,
    label: "User",
    help: "The user the program runs as: name or number, optionally :group. Left empty, the image's own is used, often root.",
    docs: taskParameter("container_definition_security"),
    property: containerProperty("User"),
    heading,
    placeholder: "1000:1000",
    check: matching(/^[\w.-]+(:[\w.-]+)?$/, "user-name", "a user", "Write user, uid, user:group or uid:gid."),
  },
  environment: {
    kind: "list",
    item: "environment variable",
    label: "Environment variables",
    help: "Settings your program reads from its environment. Give a value, or the ARN of a secret or parameter whose value ECS puts in.",
    docs: taskParameter("container_definition_environment"),
    property: containerProperty("Environment"),
    heading,
    summary: (row) => (row["valueFrom"] ? `${row["name"] ?? ""} (secret)` : `${row["name"] ?? ""}=${row["value"] ?? ""}`),
    unique: { rule: "duplicate-environment", what: "variable name", at: "name", key: (row) => knownText(row["name"]) },
    blank: { name: "", value: "" },
    fields: {
      name: {
        kind: "text",
        label: "Name",
        help: "The variable's name, usually capital letters and underscores.",
        docs: taskParameter("container_definition_environment"),
        property: containerProperty("Environment.Name"),
        required: true,
        placeholder: "DATABASE_URL",
        check: matching(/^[^=\s\0]+$/, "environment-name", "a valid variable name", "Leave out spaces and equals signs."),
      },
      value: {
        kind: "text",
        label: "Value",
        help: "The value in clear. Anyone who may look at the task definition sees it: passwords belong into a secret.",
        docs: taskParameter("container_definition_environment"),
        property: containerProperty("Environment.Value"),
        allowEmpty: true,
      },
      valueFrom: {
        kind: "pick",
        source: "secrets",
        label: "Secret or parameter",
        help: "The ARN of a Secrets Manager secret or Systems Manager parameter instead of a value. The task execution role must be allowed to read it.",
        docs: ecsGuide("specifying-sensitive-data"),
        property: containerProperty("Secrets.ValueFrom"),
        check: secretOrParameterArn,
      },
    },
  },
  environmentFiles: {
    kind: "texts",
    advanced: true,
    label: "Environment files",
    help: "S3 objects with NAME=VALUE lines, read when a task starts; their names must end in .env. The task execution role must be allowed to read them.",
    docs: ecsGuide("use-environment-file"),
    property: containerProperty("EnvironmentFiles"),
    heading,
    max: 10,
    placeholder: "arn:aws:s3:::my-bucket/production.env",
    check: environmentFileArn,
  },
} as const satisfies Fields;
