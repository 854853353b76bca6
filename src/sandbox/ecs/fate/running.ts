import type { SecurityGroup } from "../../ec2/state.ts";
import { balancersOf } from "../../elb/targets.ts";
import { memoryMiB } from "../sizes.ts";
import type { Fate } from "../state.ts";
import { crashLines, outOfMemoryLines } from "./log-lines.ts";
import { isStruck, type Question } from "./question.ts";

function memoryOf({ definition, main }: Question): number {
  return main.memory ?? memoryMiB(definition.memory ?? "0");
}

function outOfMemory(question: Question): Fate | undefined {
  const { ctx, main } = question;
  const { taskFailures, culprits } = ctx.world.behaviour;
  if (!taskFailures.includes("out-of-memory")) return undefined;
  const memory = memoryOf(question);
  culprits["out-of-memory"] ??= String(memory);
  if (memory > Number(culprits["out-of-memory"])) return undefined;
  return {
    kind: "exit",
    afterMs: 12_000,
    container: main.name,
    exitCode: 137,
    reason: "OutOfMemoryError: Container killed due to memory usage",
    log: outOfMemoryLines(memory),
  };
}

/** What the crash of a crash loop depends on: image, command, environment and secrets of the container. */
function crashLoop({ ctx, main }: Question): Fate | undefined {
  const value = JSON.stringify([main.image, main.command ?? [], main.entryPoint ?? [], main.environment ?? [], main.secrets ?? []]);
  if (!isStruck(ctx, "crash-loop", value)) return undefined;
  return { kind: "exit", afterMs: 6_000, container: main.name, exitCode: 1, log: crashLines() };
}

function lets(group: SecurityGroup | undefined, port: number, from: string[]): boolean {
  return (group?.rules ?? []).some(
    (rule) =>
      !rule.egress &&
      (rule.protocol === "-1" || (rule.protocol === "tcp" && rule.fromPort <= port && rule.toPort >= port)) &&
      (rule.groupId === undefined ? rule.cidr4 !== undefined || rule.cidr6 !== undefined : from.includes(rule.groupId)),
  );
}

function unhealthyTarget(question: Question): Fate | undefined {
  const { ctx, task, loadBalancers, main, network } = question;
  for (const use of loadBalancers) {
    const port = use.containerPort ?? 0;
    const value = JSON.stringify([
      use.targetGroupArn,
      port,
      [...(network.securityGroups ?? [])].sort(),
      main.image,
      main.environment ?? [],
      main.command ?? [],
    ]);
    if (isStruck(ctx, "unhealthy-targets", value)) return { kind: "unhealthy-target", probe: { status: 404 } };
    const sources = balancersOf(ctx, use.targetGroupArn ?? "").flatMap((arn) => ctx.state.elb.loadBalancers[arn]?.securityGroupIds ?? []);
    const open = sources.length === 0 || task.securityGroups.some((id) => lets(ctx.state.ec2.securityGroups[id], port, sources));
    if (!open) return { kind: "unhealthy-target", probe: "timeout" };
  }
  return undefined;
}

/** What happens to a task once its containers run: it dies, its targets are unhealthy, or nothing. */
export function runningFate(question: Question): Fate | undefined {
  return outOfMemory(question) ?? crashLoop(question) ?? unhealthyTarget(question);
}
