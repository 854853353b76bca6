import { appendEvents } from "../../logs/log-events.ts";
import type { Context } from "../../service.ts";
import type { ContainerDefinition, Task } from "../state.ts";

const BETWEEN_LINES = 120;

/**
 * Writes lines of a container into its CloudWatch stream, `prefix/container/task id`, as the awslogs driver does: the
 * stream is made at the first line, the group only where the driver was told to create it. Other drivers write nowhere.
 */
export function writeLog(task: Task, container: ContainerDefinition, lines: string[], ctx: Context, endingAt = ctx.now()): void {
  const { logDriver, options = {} } = container.logConfiguration ?? { logDriver: "" };
  if (logDriver !== "awslogs") return;
  const region = options["awslogs-region"] ?? ctx.region;
  const groups = ctx.world.regions[region]?.logs.groups;
  const name = options["awslogs-group"] ?? "";
  if (groups && !groups[name] && options["awslogs-create-group"] === "true") {
    groups[name] = { name, arn: `arn:aws:logs:${region}:${ctx.accountId}:log-group:${name}`, createdAt: ctx.now(), streams: {}, tags: {} };
  }
  const group = groups?.[name];
  if (!group) return;
  const streamName = `${options["awslogs-stream-prefix"]}/${container.name}/${task.id}`;
  group.streams[streamName] ??= {
    name: streamName,
    arn: `${group.arn}:log-stream:${streamName}`,
    createdAt: ctx.now(),
    events: [],
  };
  const stream = group.streams[streamName];
  const first = endingAt - lines.length * BETWEEN_LINES;
  appendEvents(
    ctx,
    stream,
    lines.map((message, index) => ({ timestamp: first + index * BETWEEN_LINES, message })),
  );
}
