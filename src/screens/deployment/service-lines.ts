import type { EcsDeployment, Task } from "../../engine/deployment/facts.ts";
import { shortMessage } from "../../engine/deployment/message-text.ts";
import type { Progress } from "../../engine/deployment/progress.ts";
import { isFailedTask } from "../../engine/deployment/task-failure.ts";
import { type Line, span, truncate, widthOf, wrap } from "../ui/spans.ts";
import type { Theme, Tone } from "../ui/theme.tsx";

/** The tasks that are shown one by one. */
const tasksShown = 4;
const messagesShown = 3;

/** What the service does: its rollouts, its tasks with their containers, why tasks stopped, its targets, its last messages. */
export function serviceLines(progress: Progress, width: number, theme: Theme): Line[] {
  return [
    ...rolloutLines(progress, width, theme),
    ...taskLines(progress, width, theme),
    ...stoppedLines(progress, width, theme),
    ...targetLines(progress, width, theme),
    ...messageLines(progress, width, theme),
  ];
}

const labelWidth = 14;

/** A label and what belongs to it, folded under itself where it is too long. */
function labelled(label: string, text: string, width: number, tone: Tone = "plain", labelTone: Tone = "muted"): Line[] {
  const head = `     ${label}  `.padEnd(labelWidth);
  const indent = widthOf(head);
  return wrap(text, Math.max(20, width - indent)).map((line, at) => [
    span(at === 0 ? head : " ".repeat(indent), labelTone),
    span(line, tone),
  ]);
}

const revision = (taskDefinition: string) => `:${taskDefinition.split(":").at(-1) ?? ""}`;
const states: Readonly<Record<string, string>> = { IN_PROGRESS: "in progress", COMPLETED: "completed", FAILED: "failed" };

function rolloutLines({ service, serviceDeployments }: Progress, width: number, theme: Theme): Line[] {
  if (!service || service.deployments.length === 0) return [];
  const circuit = serviceDeployments.find(({ attribution, deployment }) => attribution === "own" && deployment.circuitBreaker)?.deployment
    .circuitBreaker;
  const breaker = circuit && circuit.threshold > 0 ? [`breaker ${circuit.failures} of ${circuit.threshold} failures`] : [];
  const parts = [...service.deployments.map((one) => rolloutText(one, theme)), ...breaker];
  const line = parts.join("      ");
  if (labelWidth + widthOf(line) <= width) return labelled("rollout", line, width);
  return parts.flatMap((part, at) => labelled(at === 0 ? "rollout" : "", part, width));
}

function rolloutText({ status, taskDefinition, desired, running, pending, failed, rollout }: EcsDeployment, theme: Theme): string {
  const name = status === "PRIMARY" ? "new" : "old";
  const counts = [
    `${running}${name === "new" ? `/${desired}` : ""} running`,
    pending > 0 && `${pending} pending`,
    failed > 0 && `${failed} failed`,
    name === "new" && rollout && (states[rollout] ?? rollout),
  ];
  return `${name} ${revision(taskDefinition)}  ${counts.filter((part) => part).join(` ${theme.symbols.dot} `)}`;
}

/** The tasks of this deployment that live, the newest first, with what their containers do. */
function taskLines({ tasks, outcome }: Progress, width: number, theme: Theme): Line[] {
  if (outcome) return [];
  const living = tasks.filter(({ task, attribution }) => attribution === "own" && task.lastStatus !== "STOPPED" && !isFailedTask(task));
  const lines = living
    .slice(-tasksShown)
    .toReversed()
    .flatMap(({ task }) => labelled(`task ${shortId(task, theme)}`, livingText(task, theme), width));
  const more = living.length - tasksShown;
  return more > 0 ? [...lines, [span(`     and ${more} more`, "muted")]] : lines;
}

function livingText({ lastStatus, health, containers }: Task, theme: Theme): string {
  const known = (state: string | undefined) => (state && state !== "UNKNOWN" ? ` ${state.toLowerCase()}` : "");
  const inside = containers.map((one) => `${one.name} ${one.status.toLowerCase()}${known(one.health)}`);
  return [`${lastStatus}${known(health)}`, ...inside].join(` ${theme.symbols.dot} `);
}

const shortId = ({ id }: Task, theme: Theme) => `${id.slice(0, 4)}${theme.symbols.more}`;

/** The tasks of this deployment that stopped, grouped by cause: the last of each with exit code, reason and what its log says. */
function stoppedLines({ tasks, logs, repeated, outcome }: Progress, width: number, theme: Theme): Line[] {
  const stopped = tasks.filter(
    ({ task, attribution }) => attribution !== "earlier" && task.stoppedReason && (task.lastStatus === "STOPPED" || isFailedTask(task)),
  );
  const causes = [...Map.groupBy(stopped, ({ task }) => `${exits(task)} ${task.stoppedReason ?? ""}`).values()].slice(-3);
  const lines = causes.flatMap((alike): Line[] => {
    const { task } = alike.at(-1) as (typeof alike)[number];
    const times = alike.length > 1 ? `${theme.unicode ? "×" : "x"}${alike.length}  ` : "";
    const told = alike
      .toReversed()
      .map((one) => logs.filter((log) => log.task === one.task.id || log.task === one.task.arn).flatMap((log) => log.lines));
    const tail = telling((told.find((some) => some.length > 0) ?? []).map(({ text }) => text));
    const head = `     task ${shortId(task, theme)} STOPPED  `;
    const room = Math.max(20, width - widthOf(head));
    const whole = wrap(`${times}${said(task, theme)}`, room);
    // What is cut off says so.
    const why = [
      ...whole.slice(0, 2),
      ...whole.slice(2, 3).map((third) => truncate([third, ...whole.slice(3)].join(" "), room, theme.symbols.more)),
    ];
    return [
      ...why.map((text, at): Line => [span(at === 0 ? head : " ".repeat(widthOf(head)), "bad"), span(text)]),
      ...tail.map((text): Line => [span(`       | ${text}`, "muted")]),
    ];
  });
  const warning =
    repeated && !outcome
      ? wrap(`${repeated.count} tasks failed alike: ${repeated.cause}. This will hardly succeed by itself; c cancels it.`, width - 8)
      : [];
  return [...lines, ...warning.map((text, at): Line => [span(`     ${at === 0 ? "!" : " "} ${text}`, "warn")])];
}

/** Exit codes and reasons, each reason once: AWS often gives the container's as the task's too. */
function said(task: Task, theme: Theme): string {
  const [codes, reason] = [exits(task), task.stoppedReason ?? ""];
  return codes === "" || codes.includes(reason) ? codes || reason : `${codes} ${theme.symbols.none} ${reason}`;
}

function exits(task: Task): string {
  const ended = task.containers.filter(({ exitCode, reason }) => exitCode !== undefined || reason);
  return ended
    .map(({ name, exitCode, reason }) => `${name}${exitCode === undefined ? "" : ` exit ${exitCode}`}${reason ? ` (${reason})` : ""}`)
    .join(", ");
}

/** The lines of a log that say most: the last that names an error, and what follows it; else the last three. */
function telling(lines: readonly string[]): readonly string[] {
  const spoken = lines.filter((line) => line.trim() !== "");
  const at = spoken.findLastIndex((line) => /\b(\w*error|\w*exception|panic|fatal|refused|denied)\b/i.test(line));
  return at < 0 ? spoken.slice(-3) : spoken.slice(at, at + 3);
}

function targetLines({ targets }: Progress, width: number, theme: Theme): Line[] {
  return Object.entries(targets).flatMap(([arn, list]) => {
    const counts = Map.groupBy(list, ({ state }) => state);
    const name = arn.split("/").at(-2) ?? arn;
    const text = [...counts].map(([state, some]) => `${some.length} ${state}`).join(` ${theme.symbols.dot} `);
    const why = list.find(({ state, description }) => state === "unhealthy" && description)?.description;
    const whole = `${name}  ${text || "none registered yet"}${why ? ` ${theme.symbols.none} ${why}` : ""}`;
    return labelled("targets", whole, width, counts.has("unhealthy") ? "warn" : "plain");
  });
}

/** The service's own last words about this deployment. */
function messageLines({ serviceEvents, outcome }: Progress, width: number, theme: Theme): Line[] {
  if (outcome) return [];
  const own = serviceEvents.filter(({ attribution }) => attribution !== "earlier").slice(-messagesShown);
  return own.map(({ event }, at): Line => {
    const head = (at === 0 ? "     service" : "").padEnd(labelWidth);
    const [text = "", ...rest] = wrap(shortMessage(event.message), Math.max(20, width - labelWidth - 10));
    return [span(`${head}${event.at.slice(11, 19)}  ${text}${rest.length > 0 ? theme.symbols.more : ""}`, "muted")];
  });
}
