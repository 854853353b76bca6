import { idOf } from "../rules/checks.ts";
import type { Section } from "../schema.ts";
import { ecsGuide } from "./docs.ts";

/** Section 5: the tasks' network interfaces. */
export const network = {
  key: "network",
  title: "Network configuration",
  short: "Network",
  field: {
    kind: "group",
    label: "Network configuration",
    help: "Where the tasks' network interfaces are placed and what traffic may reach them.",
    required: true,
    fields: {
      subnets: {
        kind: "picks",
        source: "subnets",
        label: "Subnets",
        help: "Where the tasks' network interfaces are placed. Private subnets need a NAT gateway or VPC endpoints to pull the image. Choose subnets in two zones to survive the loss of one.",
        docs: ecsGuide("fargate-task-networking"),
        property: "AWS::ECS::Service.NetworkConfiguration.AwsvpcConfiguration.Subnets",
        required: true,
        min: 1,
        max: 16,
        check: idOf("subnet", "subnet-id"),
      },
      securityGroups: {
        kind: "picks",
        source: "securityGroups",
        label: "Security groups",
        help: "The firewall rules of the tasks. They must let traffic in on the container's port, from the load balancer if there is one, and let the task out to pull its image.",
        docs: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html",
        property: "AWS::ECS::Service.NetworkConfiguration.AwsvpcConfiguration.SecurityGroups",
        required: true,
        min: 1,
        max: 5,
        check: idOf("sg", "security-group-id"),
      },
      assignPublicIp: {
        kind: "toggle",
        label: "Auto-assign public IP",
        help: "Gives each task a public address. Tasks in public subnets need it to reach the internet and pull their image; in private subnets it does nothing.",
        docs: ecsGuide("fargate-task-networking"),
        property: "AWS::ECS::Service.NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp",
        default: false,
      },
    },
  },
} as const satisfies Section;
