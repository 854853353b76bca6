import { detachInterface } from "../../ec2/interfaces.ts";
import { registerTarget } from "../../elb/targets.ts";
import type { Context } from "../../service.ts";
import { ecrImage } from "../fate/image.ts";
import { fateOf } from "../fate/index.ts";
import { startLines } from "../fate/log-lines.ts";
import { findDefinition } from "../find.ts";
import type { AwsVpc, ContainerDefinition, EcsService, LoadBalancerUse, Task, TaskDefinition } from "../state.ts";
import { writeLog } from "./container-log.ts";
import { say, wakeOwner } from "./service-events.ts";
import { DEPROVISIONS_AFTER, ended, stopTask, TERMINATES_AFTER } from "./stop.ts";

const KEPT_FOR = 60 * 60 * 1_000;
const PULL_BASE = 16_000;
const BYTES_PER_SECOND = 40_000_000;
const ACTIVATES_AFTER = 3_000;

/** A place in a task's life. */
export type Stage =
  | "pull"
  | "fail"
  | "start"
  | "run"
  | "healthy"
  | "unhealthy"
  | "exit"
  | "terminate"
  | "deprovision"
  | "stopped"
  | "forget";

interface Surroundings {
  definition: TaskDefinition;
  main: ContainerDefinition;
  service: EcsService | undefined;
  network: AwsVpc;
  loadBalancers: LoadBalancerUse[];
}

function around(task: Task, ctx: Context): Surroundings | undefined {
  const definition = findDefinition(ctx, task.taskDefinition);
  const main = definition?.containerDefinitions.find((one) => one.essential !== false);
  if (!definition || !main) return undefined;
  const service = task.service === undefined ? undefined : ctx.state.ecs.services[`${task.cluster}/${task.service}`];
  const revision = service?.revisions.find((one) => one.id === task.revisionId);
  const network = revision?.awsvpc ?? {
    subnets: [task.subnetId],
    securityGroups: task.securityGroups,
    assignPublicIp: task.eni.publicIp ? "ENABLED" : "DISABLED",
  };
  return { definition, main, service, network, loadBalancers: revision?.loadBalancers ?? [] };
}

function next(task: Task, stage: Stage, delayMs: number, ctx: Context): void {
  ctx.schedule(delayMs, "ecs:task", { id: task.id, stage });
}

function pull(task: Task, ctx: Context): void {
  const place = around(task, ctx);
  if (!place) return;
  task.lastStatus = "PENDING";
  task.connectivityAt = ctx.now();
  task.eni.status = "ATTACHED";
  task.pullStartedAt = ctx.now();
  const fate = fateOf({ ctx, task, ...place });
  if (fate) task.fate = fate;
  if (fate?.kind === "start-failure") {
    next(task, "fail", fate.afterMs, ctx);
    return;
  }
  const bytes = place.definition.containerDefinitions.reduce((sum, one) => sum + (ecrImage(ctx, one.image)?.sizeBytes ?? 0), 0);
  next(task, "start", PULL_BASE + Math.round((bytes / BYTES_PER_SECOND) * 1_000), ctx);
}

function fail(task: Task, ctx: Context): void {
  if (task.fate?.kind !== "start-failure") return;
  const { fate } = task;
  if (fate.pulled) task.pullStoppedAt = ctx.now();
  for (const container of task.containers) {
    if (container.name === fate.container && fate.containerReason !== undefined) container.reason = fate.containerReason;
  }
  const service = around(task, ctx)?.service;
  if (service) say(service, ctx, `was unable to place a task. Reason: ${fate.stoppedReason}.`);
  stopTask(task, { stopCode: "TaskFailedToStart", stoppedReason: fate.stoppedReason }, ctx);
}

function start(task: Task, ctx: Context): void {
  const place = around(task, ctx);
  if (!place) return;
  task.pullStoppedAt = ctx.now();
  for (const container of task.containers) {
    container.runtimeId = `${task.id}-${ctx.hex(10)}`;
    const digest = ecrImage(ctx, container.image)?.digest ?? (container.image.split("@")[1] || undefined);
    container.imageDigest = digest ?? `sha256:${ctx.hex(64)}`;
  }
  const probe = task.fate?.kind === "unhealthy-target" ? task.fate.probe : "ok";
  for (const use of place.loadBalancers) {
    const group = ctx.state.elb.targetGroups[use.targetGroupArn ?? ""];
    if (!group || use.containerPort === undefined) continue;
    registerTarget(ctx, group, { id: task.eni.ip, port: use.containerPort, zone: task.zone, probe });
    task.targets.push({ targetGroupArn: group.arn, port: use.containerPort });
    if (place.service) say(place.service, ctx, `registered 1 targets in (target-group ${group.arn})`);
  }
  if (task.targets.length === 0) {
    run(task, ctx);
    return;
  }
  task.lastStatus = "ACTIVATING";
  next(task, "run", ACTIVATES_AFTER, ctx);
}

function firstHealthAfter(container: ContainerDefinition): number {
  const { startPeriod = 0, interval = 30 } = container.healthCheck ?? {};
  return (startPeriod > 0 ? Math.min(startPeriod, interval) : interval) * 1_000;
}

/** Whether a health check can never pass: its command is `false` or `exit` with a code. */
function alwaysFails(container: ContainerDefinition): boolean {
  const [kind, ...words] = container.healthCheck?.command ?? [];
  const command = (kind === "CMD" || kind === "CMD-SHELL" ? words : [kind, ...words]).join(" ").trim();
  return /^((\/usr)?\/bin\/)?false$|^exit [1-9]\d*$/.test(command);
}

function verdictAfter(container: ContainerDefinition): number {
  const { startPeriod = 0, interval = 30, retries = 3 } = container.healthCheck ?? {};
  return (startPeriod + interval * retries) * 1_000;
}

function unhealthy(task: Task, ctx: Context): void {
  const place = around(task, ctx);
  const failing = place?.definition.containerDefinitions.filter((one) => one.healthCheck && alwaysFails(one)) ?? [];
  for (const container of task.containers) if (failing.some((one) => one.name === container.name)) container.healthStatus = "UNHEALTHY";
  if (!failing.some((one) => one.essential !== false)) return;
  if (place?.service) say(place.service, ctx, `(task ${task.id}) failed container health checks.`);
  stopTask(task, { stopCode: "ServiceSchedulerInitiated", stoppedReason: "Task failed container health checks" }, ctx);
  wakeOwner(task, 500, ctx);
}

function run(task: Task, ctx: Context): void {
  const place = around(task, ctx);
  if (!place) return;
  task.lastStatus = "RUNNING";
  task.startedAt = ctx.now();
  task.version += 1;
  for (const container of task.containers) container.lastStatus = "RUNNING";
  for (const container of place.definition.containerDefinitions) {
    writeLog(task, container, startLines(container), ctx);
    if (!container.healthCheck || task.fate?.kind === "exit") continue;
    if (alwaysFails(container)) next(task, "unhealthy", verdictAfter(container), ctx);
    else next(task, "healthy", firstHealthAfter(container), ctx);
  }
  if (task.fate?.kind === "exit") next(task, "exit", task.fate.afterMs, ctx);
  wakeOwner(task, 1_000, ctx);
}

function healthy(task: Task, ctx: Context): void {
  const checked = around(task, ctx)?.definition.containerDefinitions.filter((one) => one.healthCheck) ?? [];
  for (const container of task.containers) if (checked.some((one) => one.name === container.name)) container.healthStatus = "HEALTHY";
  wakeOwner(task, 1_000, ctx);
}

function exit(task: Task, ctx: Context): void {
  if (task.fate?.kind !== "exit") return;
  const { fate } = task;
  const container = task.containers.find((one) => one.name === fate.container);
  const described = around(task, ctx)?.definition.containerDefinitions.find((one) => one.name === fate.container);
  if (!container) return;
  container.exitCode = fate.exitCode;
  if (fate.reason !== undefined) container.reason = fate.reason;
  if (described) writeLog(task, described, fate.log, ctx);
  for (const other of task.containers) if (other !== container && other.lastStatus === "RUNNING") other.exitCode = 143;
  stopTask(task, { stopCode: "EssentialContainerExited", stoppedReason: "Essential container in task exited" }, ctx);
}

function terminate(task: Task, ctx: Context): void {
  task.lastStatus = "STOPPING";
  next(task, "deprovision", TERMINATES_AFTER, ctx);
}

function deprovision(task: Task, ctx: Context): void {
  ended(task, ctx);
  task.lastStatus = "DEPROVISIONING";
  next(task, "stopped", DEPROVISIONS_AFTER, ctx);
}

function stopped(task: Task, ctx: Context): void {
  task.lastStatus = "STOPPED";
  task.stoppedAt = ctx.now();
  task.version += 1;
  task.eni.status = "DELETED";
  detachInterface(ctx, task.eni.id);
  next(task, "forget", KEPT_FOR, ctx);
  wakeOwner(task, 500, ctx);
}

const STAGES: Record<Stage, (task: Task, ctx: Context) => void> = {
  pull,
  fail,
  start,
  run,
  healthy,
  unhealthy,
  exit,
  terminate,
  deprovision,
  stopped,
  forget: (task, ctx) => {
    delete ctx.state.ecs.tasks[task.id];
  },
};

const WHILE_STOPPING: Stage[] = ["terminate", "deprovision", "stopped", "forget"];

/** Takes a task one stage on; stages of starting pass by a task that was told to stop in between. */
export function taskDue(payload: { id: string; stage: Stage }, ctx: Context): void {
  const task = ctx.state.ecs.tasks[payload.id];
  if (!task || (task.desiredStatus === "STOPPED" && !WHILE_STOPPING.includes(payload.stage))) return;
  STAGES[payload.stage](task, ctx);
}
