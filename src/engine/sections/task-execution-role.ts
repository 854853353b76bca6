import { roleArn } from "../rules/arn.ts";
import type { Section } from "../schema.ts";
import { ecsGuide } from "./docs.ts";

/** Section 3: the role ECS itself acts with. */
export const taskExecutionRole = {
  key: "taskExecutionRole",
  title: "Task execution role",
  short: "Task execution role",
  field: {
    kind: "group",
    label: "Task execution role",
    help: "The role with which ECS pulls the image, reads secrets and writes logs before and beside your code.",
    required: true,
    fields: {
      roleArn: {
        kind: "pick",
        source: "ecsRoles",
        label: "Role",
        help: "The IAM role with which ECS pulls the image, reads secrets and writes logs. Left empty, the stack creates one with AWS's standard policy, which covers ECR and CloudWatch Logs but no secrets.",
        moreHelp:
          "The standard policy is AmazonECSTaskExecutionRolePolicy. Containers with secrets, parameters or environment files need a role of your own that may read them. The role must trust ecs-tasks.amazonaws.com.",
        docs: ecsGuide("task_execution_IAM_role"),
        property: "AWS::ECS::TaskDefinition.ExecutionRoleArn",
        placeholder: "created by the stack",
        check: roleArn,
      },
    },
  },
} as const satisfies Section;
