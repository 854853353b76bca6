import { tagKey, tagValue } from "../rules/tag-checks.ts";
import { knownText } from "../rules/text.ts";
import type { Section } from "../schema.ts";
import { ecsGuide, serviceParameter } from "./docs.ts";

/** Section 6: labels on everything the stack creates. */
export const tags = {
  key: "tags",
  title: "Tags",
  short: "Tags",
  field: {
    kind: "group",
    label: "Tags",
    help: "Labels on the stack, the service and its tasks, for finding them and for the bill.",
    required: true,
    fields: {
      enableEcsManagedTags: {
        kind: "toggle",
        label: "ECS managed tags",
        help: "Lets ECS tag each task with its cluster and service, so that the bill can be split by them. Changing it on an existing service re-creates the service.",
        docs: ecsGuide("ecs-using-tags"),
        property: "AWS::ECS::Service.EnableECSManagedTags",
        default: false,
      },
      propagateTags: {
        kind: "choice",
        label: "Propagate tags",
        help: "Copies the tags of the service or of the task definition to every task. Left empty, tasks get no tags of their own.",
        docs: serviceParameter("sd-propagatetags"),
        property: "AWS::ECS::Service.PropagateTags",
        options: [
          { value: "SERVICE", label: "from the service" },
          { value: "TASK_DEFINITION", label: "from the task definition" },
        ],
        absentWord: "none",
      },
      additional: {
        kind: "list",
        item: "tag",
        label: "Additional tags",
        help: "Your own labels, e.g. team or cost centre, put on the stack, the service and the task definition. At most 20, besides those made from the target.",
        docs: ecsGuide("ecs-using-tags"),
        property: "AWS::ECS::Service.Tags",
        max: 20,
        summary: (tag) => `${knownText(tag["key"]) ?? tag["key"] ?? ""} = ${tag["value"] ?? ""}`,
        unique: { rule: "duplicate-tag", what: "tag key", at: "key", key: (tag) => knownText(tag["key"]) },
        blank: { key: "", value: "" },
        fields: {
          key: {
            kind: "text",
            label: "Key",
            help: "The tag's name, at most 128 characters. Keys that begin with aws: belong to AWS.",
            docs: ecsGuide("ecs-using-tags"),
            property: "AWS::ECS::Service.Tags.Key",
            required: true,
            placeholder: "team",
            check: tagKey,
          },
          value: {
            kind: "text",
            label: "Value",
            help: "The tag's value, at most 256 characters; it may be empty.",
            docs: ecsGuide("ecs-using-tags"),
            property: "AWS::ECS::Service.Tags.Value",
            required: true,
            default: "",
            allowEmpty: true,
            check: tagValue,
          },
        },
      },
    },
  },
} as const satisfies Section;
