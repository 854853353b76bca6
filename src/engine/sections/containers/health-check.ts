import { isExpression } from "../../rules/text.ts";
import type { GroupField } from "../../schema.ts";
import { taskParameter } from "../docs.ts";
import { containerProperty } from "./property.ts";

/** A line as a health check command: run by the shell, unless it begins with one of ECS's own words. */
function shellCommand(line: string): readonly string[] {
  const [, word, rest = ""] = /^(CMD-SHELL|CMD|NONE)(?:\s+(.*))?$/s.exec(line) ?? [];
  if (word === undefined) return ["CMD-SHELL", line];
  if (rest === "") return [word];
  return word === "CMD-SHELL" ? [word, rest] : [word, ...rest.split(/\s+/)];
}

/** The health check ECS runs inside the container. */
export const healthCheck = {
  kind: "group",
  label: "Health check",
  help: "A command ECS runs inside the container again and again; when it keeps failing, the task is replaced. Leave it empty when a load balancer checks the service already.",
  docs: taskParameter("container_definition_healthcheck"),
  property: containerProperty("HealthCheck"),
  heading: "Health check",
  summary: (value) => {
    const command = Array.isArray(value["command"]) ? value["command"].join(" ") : "";
    return value["interval"] === undefined ? command : `${command} · every ${value["interval"]} s`;
  },
  fields: {
    command: {
      kind: "texts",
      label: "Command",
      help: "The command that tells whether the container is well: exit code 0 means healthy. A single line runs in the container's shell (CMD-SHELL); the program it calls, e.g. curl, must be in the image.",
      docs: taskParameter("container_definition_healthcheck"),
      property: containerProperty("HealthCheck.Command"),
      required: true,
      placeholder: "curl -f http://localhost/ || exit 1",
      wrap: shellCommand,
      checkAll: (values) => {
        const [first = "", ...rest] = values;
        if (isExpression(first)) return undefined;
        if (!["CMD", "CMD-SHELL", "NONE"].includes(first)) {
          return {
            rule: "health-check-command",
            message: `The health check command begins with "${first}" instead of CMD, CMD-SHELL or NONE.`,
            hint: "Put CMD-SHELL before a shell line, or CMD before a program and its arguments.",
          };
        }
        if ((first === "NONE") === (rest.length === 0)) return undefined;
        return {
          rule: "health-check-command",
          message:
            first === "NONE"
              ? "NONE switches the health check off; nothing may follow it."
              : `Nothing follows ${first} in the health check command.`,
          hint: first === "NONE" ? "Remove what follows NONE." : "Add the command to run, e.g. curl -f http://localhost/ || exit 1.",
        };
      },
    },
    interval: {
      kind: "number",
      label: "Interval",
      help: "The time between two checks.",
      docs: taskParameter("container_definition_healthcheck"),
      property: containerProperty("HealthCheck.Interval"),
      min: 5,
      max: 300,
      assumed: 30,
      unit: "seconds",
    },
    timeout: {
      kind: "number",
      label: "Timeout",
      help: "How long one check may take before it counts as failed.",
      docs: taskParameter("container_definition_healthcheck"),
      property: containerProperty("HealthCheck.Timeout"),
      min: 2,
      max: 60,
      assumed: 5,
      unit: "seconds",
    },
    retries: {
      kind: "number",
      label: "Retries",
      help: "How many checks in a row must fail before the container counts as unhealthy.",
      docs: taskParameter("container_definition_healthcheck"),
      property: containerProperty("HealthCheck.Retries"),
      min: 1,
      max: 10,
      assumed: 3,
    },
    startPeriod: {
      kind: "number",
      label: "Start period",
      help: "Time to start up during which failed checks do not count. Left empty, there is none.",
      docs: taskParameter("container_definition_healthcheck"),
      property: containerProperty("HealthCheck.StartPeriod"),
      min: 0,
      max: 300,
      assumed: 0,
      unit: "seconds",
    },
  },
} as const satisfies GroupField;
