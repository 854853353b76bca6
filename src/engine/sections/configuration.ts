import { roleNameOrArn } from "../rules/arn.ts";
import { ecsName } from "../rules/checks.ts";
import type { Section } from "../schema.ts";
import { ecsGuide, taskParameter } from "./docs.ts";

/** Section 2: what the service is called and what its containers may do. */
export const configuration = {
  key: "configuration",
  title: "Configuration",
  short: "Configuration",
  field: {
    kind: "group",
    label: "Configuration",
    help: "The name everything else is named after, and the role your containers act with.",
    required: true,
    fields: {
      name: {
        kind: "text",
        label: "Name",
        help: "The name of the task definition; the stack, the service and the log group are named after it. Changing it later creates a second service instead of updating the first.",
        docs: taskParameter("family"),
        property: "AWS::ECS::TaskDefinition.Family",
        required: true,
        placeholder: "shop-web",
        check: ecsName,
      },
      taskRole: {
        kind: "pick",
        source: "ecsRoles",
        label: "Task role",
        help: "The IAM role your own code acts with when it calls AWS, e.g. to read a bucket. Leave it empty when the containers call no AWS service.",
        moreHelp:
          "Not to be confused with the task execution role, which ECS itself uses to pull the image, read secrets and write logs. The role must trust ecs-tasks.amazonaws.com.",
        docs: ecsGuide("task-iam-roles"),
        property: "AWS::ECS::TaskDefinition.TaskRoleArn",
        check: roleNameOrArn,
      },
    },
  },
} as const satisfies Section;
