import { routerFileArn, secretOrParameterArn } from "../../rules/arn.ts";
import { absolutePath } from "../../rules/checks.ts";
import { knownText, maybe } from "../../rules/text.ts";
import type { FieldScope, Fields } from "../../schema.ts";
import { ecsGuide, taskParameter } from "../docs.ts";
import { containerProperty } from "./property.ts";

const manual = (scope: FieldScope) => maybe(scope.siblings["type"], "manual");
const configured = (scope: FieldScope) => scope.siblings["configFileType"] !== undefined && scope.siblings["configFileType"] !== "none";

/** Where the container's output goes, and whether it routes the output of others. */
export const logging = {
  logging: {
    kind: "group",
    label: "Logging",
    help: "Where the container's output goes. Auto writes it to a CloudWatch log group that the stack creates.",
    docs: ecsGuide("using_awslogs"),
    property: containerProperty("LogConfiguration"),
    heading: "Storage and logging",
    required: true,
    summary: (value) => (value["type"] === "manual" ? (knownText(value["logDriver"]) ?? "manual") : "auto (CloudWatch)"),
    fields: {
      type: {
        kind: "choice",
        label: "Type",
        help: "Auto writes to the CloudWatch log group /ecs/<name>, created by the stack. Manual lets you choose the log driver and its options.",
        docs: ecsGuide("using_awslogs"),
        required: true,
        default: "auto",
        options: [
          { value: "auto", label: "auto", help: "a CloudWatch log group made by the stack" },
          { value: "manual", label: "manual", help: "a log driver of your choice" },
        ],
      },
      retentionInDays: {
        kind: "choice",
        label: "Keep logs for",
        help: "Days after which CloudWatch deletes log lines. Left empty, they are kept (and paid for) for ever.",
        docs: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html",
        property: "AWS::Logs::LogGroup.RetentionInDays",
        when: (scope) => maybe(scope.siblings["type"], "auto"),
        options: [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653].map((value) => ({
          value,
          label: value === 1 ? "1 day" : `${value} days`,
        })),
      },
      logDriver: {
        kind: "choice",
        label: "Log driver",
        help: "awslogs writes to CloudWatch, awsfirelens hands over to a FireLens container of this task, splunk sends to Splunk, none drops the output.",
        docs: taskParameter("container_definition_storage"),
        property: containerProperty("LogConfiguration.LogDriver"),
        when: manual,
        options: [
          { value: "awslogs", label: "awslogs", help: "CloudWatch Logs" },
          { value: "awsfirelens", label: "awsfirelens", help: "a FireLens container of this task" },
          { value: "splunk", label: "splunk" },
          { value: "none", label: "none", help: "no logs" },
        ],
        rejected: {
          values: ["fluentd", "gelf", "journald", "json-file", "local", "logentries", "syslog"],
          reason: "Fargate has the log drivers awslogs, awsfirelens and splunk.",
        },
      },
      options: {
        kind: "map",
        label: "Options",
        help: "The driver's settings, e.g. awslogs-group and awslogs-region.",
        docs: taskParameter("container_definition_storage"),
        property: containerProperty("LogConfiguration.Options"),
        when: manual,
        picks: { "awslogs-group": "logGroups" },
      },
      secretOptions: {
        kind: "list",
        item: "secret option",
        label: "Secret options",
        help: "Settings of the driver whose values come from a secret or parameter, e.g. splunk-token.",
        docs: ecsGuide("secrets-logconfig"),
        property: containerProperty("LogConfiguration.SecretOptions"),
        when: manual,
        summary: (row) => `${row["name"] ?? ""}`,
        unique: { rule: "duplicate-secret-option", what: "option name", at: "name", key: (row) => knownText(row["name"]) },
        blank: { name: "", valueFrom: "" },
        fields: {
          name: {
            kind: "text",
            label: "Name",
            help: "The driver's setting.",
            docs: ecsGuide("secrets-logconfig"),
            property: containerProperty("LogConfiguration.SecretOptions.Name"),
            required: true,
            placeholder: "splunk-token",
          },
          valueFrom: {
            kind: "pick",
            source: "secrets",
            label: "Secret or parameter",
            help: "The ARN of the secret or parameter that holds the value. The task execution role must be allowed to read it.",
            docs: ecsGuide("secrets-logconfig"),
            property: containerProperty("LogConfiguration.SecretOptions.ValueFrom"),
            required: true,
            check: secretOrParameterArn,
          },
        },
      },
    },
  },
  firelens: {
    kind: "group",
    label: "FireLens",
    help: "Makes this container the log router of the task: the others hand it their output through the log driver awsfirelens.",
    docs: ecsGuide("using_firelens"),
    property: containerProperty("FirelensConfiguration"),
    heading: "FireLens",
    advanced: true,
    summary: (value) => `${value["type"] ?? ""}`,
    fields: {
      type: {
        kind: "choice",
        label: "Router",
        help: "The log router in this container's image.",
        docs: ecsGuide("using_firelens"),
        property: containerProperty("FirelensConfiguration.Type"),
        required: true,
        options: [
          { value: "fluentbit", label: "Fluent Bit" },
          { value: "fluentd", label: "Fluentd" },
        ],
      },
      enableEcsLogMetadata: {
        kind: "toggle",
        label: "Add ECS metadata",
        help: "Adds cluster, task and container to every log line.",
        docs: ecsGuide("using_firelens"),
        property: containerProperty("FirelensConfiguration.Options"),
        assumed: true,
      },
      configFileType: {
        kind: "choice",
        label: "Configuration file",
        help: "Where a configuration of your own for the router comes from, if there is one.",
        docs: ecsGuide("firelens-taskdef"),
        property: containerProperty("FirelensConfiguration.Options"),
        required: true,
        default: "none",
        options: [
          { value: "none", label: "none" },
          { value: "file", label: "file", help: "a file in the image" },
          { value: "s3", label: "S3", help: "an S3 object" },
        ],
      },
      configFileValue: {
        kind: "text",
        label: "File",
        help: "The path of the configuration file in the image, or the ARN of the S3 object.",
        docs: ecsGuide("firelens-taskdef"),
        property: containerProperty("FirelensConfiguration.Options"),
        placeholder: "/extra.conf",
        when: configured,
        check: (value, scope) => {
          if (scope.siblings["configFileType"] === "s3") return routerFileArn(value, scope);
          return scope.siblings["configFileType"] === "file" ? absolutePath(value, scope) : undefined;
        },
      },
    },
  },
} as const satisfies Fields;
