import { atMost } from "../../rules/checks.ts";
import type { Fields } from "../../schema.ts";
import { ecsGuide, taskParameter } from "../docs.ts";
import { containerProperty } from "./property.ts";

const heading = "Not available on Fargate";
const network = "Fargate tasks have a network interface of their own in your VPC, which decides name resolution and connectivity.";

/** What an imported step may carry although Fargate rejects it. */
export const notOnFargate = {
  gpus: {
    kind: "number",
    label: "GPUs",
    help: "Graphics processors kept for the container. Only ECS on EC2 instances with GPUs has them.",
    docs: ecsGuide("ecs-gpu"),
    property: containerProperty("ResourceRequirements"),
    heading,
    fargate: "Fargate has no GPUs; they need ECS on EC2 instances.",
    min: 0,
  },
  privileged: {
    kind: "toggle",
    label: "Privileged",
    help: "Gives the container full control over the machine it runs on.",
    docs: taskParameter("container_definition_security"),
    property: containerProperty("Privileged"),
    heading,
    fargate: "On Fargate the machine belongs to AWS, so no container may control it.",
  },
  networkSettings: {
    kind: "group",
    label: "Network settings",
    help: "Name resolution and connectivity of a single container, as on EC2 instances.",
    docs: taskParameter("container_definition_network"),
    heading,
    fargate: network,
    fields: {
      disableNetworking: {
        kind: "toggle",
        label: "Disable networking",
        help: "Cuts the container off from the network.",
        docs: taskParameter("container_definition_network"),
        property: containerProperty("DisableNetworking"),
        fargate: network,
      },
      dnsServers: {
        kind: "texts",
        label: "DNS servers",
        help: "Name servers the container asks instead of the VPC's.",
        docs: taskParameter("container_definition_network"),
        property: containerProperty("DnsServers"),
        fargate: network,
      },
      dnsSearchDomains: {
        kind: "texts",
        label: "DNS search domains",
        help: "Domains appended to short host names.",
        docs: taskParameter("container_definition_network"),
        property: containerProperty("DnsSearchDomains"),
        fargate: network,
      },
      extraHosts: {
        kind: "list",
        item: "host",
        label: "Extra hosts",
        help: "Additional lines of the container's /etc/hosts.",
        docs: taskParameter("container_definition_network"),
        property: containerProperty("ExtraHosts"),
        fargate: network,
        summary: (row) => `${row["hostname"] ?? ""} ${row["ipAddress"] ?? ""}`,
        blank: { hostname: "", ipAddress: "" },
        fields: {
          hostname: {
            kind: "text",
            label: "Host name",
            help: "The name to resolve.",
            docs: taskParameter("container_definition_network"),
            property: containerProperty("ExtraHosts.Hostname"),
            check: atMost(255, "host-name"),
          },
          ipAddress: {
            kind: "text",
            label: "IP address",
            help: "The address it stands for.",
            docs: taskParameter("container_definition_network"),
            property: containerProperty("ExtraHosts.IpAddress"),
            check: atMost(45, "ip-address"),
          },
        },
      },
    },
  },
} as const satisfies Fields;
