import { deregisterTarget } from "../../elb/targets.ts";
import type { Context } from "../../service.ts";
import type { EcsService, Task } from "../state.ts";
import { say } from "./service-events.ts";

/** SIGTERM until the containers are gone. */
const STOPS_AFTER = 3_000;
/** Time a task behind a load balancer is deactivating before its containers are told to stop, at most. */
const LONGEST_DRAIN = 30_000;

/** Why a task stops. */
export interface StopReason {
  stopCode: string;
  stoppedReason: string;
}

function owner(task: Task, ctx: Context): EcsService | undefined {
  return task.service === undefined ? undefined : ctx.state.ecs.services[`${task.cluster}/${task.service}`];
}

function deregister(task: Task, ctx: Context): number {
  let delay = 0;
  const service = owner(task, ctx);
  for (const { targetGroupArn, port } of task.targets) {
    const group = ctx.state.elb.targetGroups[targetGroupArn];
    if (!group) continue;
    deregisterTarget(ctx, group, task.eni.ip, port);
    if (service) say(service, ctx, `deregistered 1 targets in (target-group ${targetGroupArn})`);
    delay = Math.max(delay, Math.min(LONGEST_DRAIN, Number(group.attributes["deregistration_delay.timeout_seconds"] ?? 300) * 1_000));
  }
  if (task.targets.length > 0 && service) say(service, ctx, `has begun draining connections on 1 tasks.`);
  task.targets = [];
  return delay;
}

/** Tells a task to stop: its targets drain, its containers end, its interface goes. Does nothing to a task already stopping. */
export function stopTask(task: Task, why: StopReason, ctx: Context): void {
  if (task.desiredStatus === "STOPPED") return;
  const ran = task.lastStatus === "RUNNING" || task.lastStatus === "ACTIVATING";
  const alreadyEnded = why.stopCode === "EssentialContainerExited";
  task.desiredStatus = "STOPPED";
  task.stopCode = why.stopCode;
  task.stoppedReason = why.stoppedReason;
  task.stoppingAt = ctx.now();
  task.version += 1;
  const drain = deregister(task, ctx);
  const ends = ran && !alreadyEnded;
  task.lastStatus = ends && drain > 0 ? "DEACTIVATING" : ends ? "STOPPING" : "DEPROVISIONING";
  if (!ends) ended(task, ctx);
  const stage = ends ? (drain > 0 ? "terminate" : "deprovision") : "stopped";
  ctx.schedule(ends ? (drain > 0 ? drain : STOPS_AFTER) : DEPROVISIONS_AFTER, "ecs:task", { id: task.id, stage });
}

/** From the end of the containers until the network interface is gone. */
export const DEPROVISIONS_AFTER = 8_000;
/** From SIGTERM to the end of the containers. */
export const TERMINATES_AFTER = STOPS_AFTER;

/** Marks every container as ended; those that ran and were told to stop end with code 143 (SIGTERM) unless they have a code already. */
export function ended(task: Task, ctx: Context): void {
  task.executionStoppedAt = ctx.now();
  for (const container of task.containers) {
    if (container.lastStatus === "RUNNING") container.exitCode ??= 143;
    container.lastStatus = "STOPPED";
  }
}
