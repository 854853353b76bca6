import { targetGroupArn } from "../rules/arn.ts";
import type { Section } from "../schema.ts";
import { containerNames, containerPorts } from "./answers-elsewhere.ts";
import { ecsGuide } from "./docs.ts";

const property = "AWS::ECS::Service.LoadBalancers";

/** Section 10: which container ports the load balancer reaches. */
export const loadBalancerMappings = {
  key: "loadBalancerMappings",
  title: "Load balancer mappings",
  short: "Load balancer maps",
  field: {
    kind: "list",
    item: "load balancer mapping",
    label: "Load balancer mappings",
    help: "Registers the tasks with target groups of existing load balancers. Leave it empty when nothing reaches the service through a load balancer.",
    docs: ecsGuide("service-load-balancing"),
    property,
    max: 5,
    summary: (row) =>
      `${row["containerName"] ?? ""}:${row["containerPort"] ?? ""} → ${String(row["targetGroupArn"] ?? "").split("/")[1] ?? ""}`,
    unique: {
      rule: "duplicate-load-balancer-mapping",
      what: "load balancer mapping",
      key: (row) =>
        row["targetGroupArn"] && row["containerName"] && row["containerPort"]
          ? `${row["containerName"]}:${row["containerPort"]} ${row["targetGroupArn"]}`
          : undefined,
    },
    blank: { containerName: "", containerPort: "", targetGroupArn: "" },
    fields: {
      containerName: {
        kind: "text",
        label: "Container",
        help: "The container that answers the load balancer's requests, by the name it has under Containers.",
        docs: ecsGuide("service-load-balancing"),
        property: `${property}.ContainerName`,
        required: true,
        placeholder: "web",
        choices: containerNames,
      },
      containerPort: {
        kind: "number",
        label: "Container port",
        help: "The port of that container; it must be one of its port mappings.",
        docs: ecsGuide("service-load-balancing"),
        property: `${property}.ContainerPort`,
        required: true,
        min: 1,
        max: 65535,
        placeholder: "80",
        choices: containerPorts,
      },
      targetGroupArn: {
        kind: "pick",
        source: "targetGroups",
        label: "Target group",
        help: "The target group that gets the tasks. Its target type must be ip, it must be in the VPC of the subnets, and a listener of a load balancer must forward to it.",
        docs: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html",
        property: `${property}.TargetGroupArn`,
        required: true,
        check: targetGroupArn,
      },
    },
  },
} as const satisfies Section;
