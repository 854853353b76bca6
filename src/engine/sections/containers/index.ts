import { knownText } from "../../rules/text.ts";
import type { Section } from "../../schema.ts";
import { taskParameter } from "../docs.ts";
import { advanced } from "./advanced.ts";
import { basics } from "./basics.ts";
import { environment } from "./environment.ts";
import { healthCheck } from "./health-check.ts";
import { logging } from "./logging.ts";
import { notOnFargate } from "./not-on-fargate.ts";
import { storage } from "./storage.ts";

/** Section 7: the containers of the task. */
export const containers = {
  key: "containers",
  title: "Containers",
  short: "Containers",
  field: {
    kind: "list",
    item: "container",
    label: "Containers",
    help: "The programs of the task. They start together, share one network interface, and at least one must be essential.",
    docs: taskParameter("container_definitions"),
    property: "AWS::ECS::TaskDefinition.ContainerDefinitions",
    required: true,
    min: 1,
    max: 10,
    summary: (container) => knownText(container["name"]) ?? String(container["name"] ?? ""),
    unique: { rule: "duplicate-container", what: "container name", at: "name", key: (container) => knownText(container["name"]) },
    blank: { name: "", image: "" },
    fields: { ...basics, healthCheck, ...environment, ...storage, ...logging, ...advanced, ...notOnFargate },
  },
} as const satisfies Section;
