import type { Task } from "../../engine/deployment/facts.ts";
import type { Progress } from "../../engine/deployment/progress.ts";
import type { ResourceProgress } from "../../engine/deployment/progress-resources.ts";
import { type Line, padTo, span, widthOf, wrap } from "../ui/spans.ts";
import type { Theme } from "../ui/theme.tsx";
import { ageText, clockText } from "../ui/times.ts";

/** Resources with their times, the rollout, stopped tasks with their last words, targets; then what there is to say. */
export function progressLines(progress: Progress, now: number, frame: number, width: number, theme: Theme): Line[] {
  return [
    ...busyLines(progress, now, theme),
    ...resourceLines(progress, now, frame, width, theme),
    ...rolloutLines(progress, theme),
    ...stoppedLines(progress, width, theme),
    ...targetLines(progress),
    ...sayLines(progress, width, theme),
    ...outcomeLines(progress, width, theme),
  ];
}

function busyLines({ busy, lost, question }: Progress, now: number, theme: Theme): Line[] {
  return [
    ...(busy ? [[span(` ${theme.symbols.point} Another operation is running (${busy}); this one begins when it has ended.`, "warn")]] : []),
    ...(lost
      ? [
          [
            span(
              ` ! ${lost.kind === "credentials" ? "AWS does not accept our credentials any more" : "AWS does not answer"}; last update ${ageText(now - Date.parse(lost.since))} ago; the deployment goes on. ${lost.problem?.hint ?? ""}`,
              "warn",
            ),
          ],
        ]
      : []),
    ...(question
      ? [[span(` ? The stack ${question.stackName} is in the state ${question.status}. Press Enter to decide.`, "warn", { bold: true })]]
      : []),
  ];
}

function resourceLines({ resources, ahead }: Progress, now: number, frame: number, width: number, theme: Theme): Line[] {
  const id = Math.max(8, ...resources.map(({ logicalId }) => widthOf(logicalId)));
  const type = Math.max(8, ...resources.map((one) => widthOf(one.type)));
  const narrow = width < id + type + 40;
  return resources.map((resource) => {
    const took = times(resource, now + ahead);
    return [
      phaseSign(resource, frame, theme),
      span(padTo(resource.logicalId, Math.min(id, 44), theme.symbols.more)),
      ...(narrow ? [] : [span(`  ${padTo(resource.type, type)}`, "muted")]),
      span(`  ${padTo(resource.status ?? "waiting", 20)}`, resource.phase === "failed" ? "bad" : "plain"),
      span(`  ${took.padStart(5)}`),
      span(resource.usual !== undefined && resource.phase === "active" ? `  usually ${clockText(resource.usual)}` : "", "muted"),
    ];
  });
}

function times({ startedAt, endedAt }: ResourceProgress, now: number): string {
  return startedAt === undefined ? "" : clockText((endedAt === undefined ? now : Date.parse(endedAt)) - Date.parse(startedAt));
}

function phaseSign({ phase, status }: ResourceProgress, frame: number, { symbols }: Theme) {
  if (phase === "waiting") return span(` ${symbols.dot} `, "muted");
  if (phase === "active") return span(` ${symbols.spinner[frame % symbols.spinner.length]} `, "accent");
  return phase === "failed" || /FAILED|ROLLBACK/.test(status ?? "")
    ? span(` ${symbols.cross} `, "bad")
    : span(` ${symbols.check} `, "good");
}

const revision = (taskDefinition: string) => `:${taskDefinition.split(":").at(-1) ?? ""}`;

function rolloutLines({ service, serviceDeployments }: Progress, theme: Theme): Line[] {
  if (!service || service.deployments.length === 0) return [];
  const rollouts = service.deployments.map((one) => {
    const name = one.status === "PRIMARY" ? "new" : "old";
    const pending = one.pending > 0 ? ` ${theme.symbols.dot} ${one.pending} pending` : "";
    const failed = one.failed > 0 ? ` ${theme.symbols.dot} ${one.failed} failed` : "";
    return `${name} ${revision(one.taskDefinition)}  ${one.running}${name === "new" ? `/${one.desired}` : ""} running${pending}${failed}`;
  });
  const breaker = serviceDeployments.find(({ attribution, deployment }) => attribution === "own" && deployment.circuitBreaker)?.deployment
    .circuitBreaker;
  return [
    [
      span("     rollout  ", "muted"),
      span(
        [...rollouts, ...(breaker && breaker.threshold > 0 ? [`breaker ${breaker.failures} of ${breaker.threshold} failures`] : [])].join(
          "      ",
        ),
      ),
    ],
  ];
}

/** The tasks of this deployment that stopped, grouped by cause: the last of each with exit code, reason and what its log says. */
function stoppedLines({ tasks, logs, repeated, outcome }: Progress, width: number, theme: Theme): Line[] {
  const stopped = tasks.filter(({ task, attribution }) => attribution !== "earlier" && task.lastStatus === "STOPPED" && task.stoppedReason);
  const causes = [...Map.groupBy(stopped, ({ task }) => `${exits(task)} ${task.stoppedReason ?? ""}`).values()].slice(-3);
  const lines = causes.flatMap((alike): Line[] => {
    const { task } = alike.at(-1) as (typeof alike)[number];
    const times = alike.length > 1 ? `${theme.unicode ? "×" : "x"}${alike.length}  ` : "";
    const told = alike
      .toReversed()
      .map((one) => logs.filter((log) => log.task === one.task.id || log.task === one.task.arn).flatMap((log) => log.lines));
    const tail = telling((told.find((some) => some.length > 0) ?? []).map(({ text }) => text));
    return [
      [
        span(`     task ${task.id.slice(0, 4)}${theme.symbols.more} STOPPED  `, "bad"),
        span(times, "warn"),
        span(`${exits(task)} ${theme.symbols.none} ${task.stoppedReason ?? ""}`),
      ],
      ...tail.map((text): Line => [span(`       | ${text}`, "muted")]),
    ];
  });
  const warning =
    repeated && !outcome
      ? wrap(`${repeated.count} tasks failed alike: ${repeated.cause}. This will hardly succeed by itself; c cancels it.`, width - 8)
      : [];
  return [...lines, ...warning.map((text): Line => [span(`     ! ${text}`, "warn")])];
}

/** The lines of a log that say most: the last that names an error, and what follows it; else the last three. */
function telling(lines: readonly string[]): readonly string[] {
  const said = lines.filter((line) => line.trim() !== "");
  const at = said.findLastIndex((line) => /\b(\w*error|\w*exception|panic|fatal|refused|denied)\b/i.test(line));
  return at < 0 ? said.slice(-3) : said.slice(at, at + 3);
}

function exits(task: Task): string {
  const ended = task.containers.filter(({ exitCode, reason }) => exitCode !== undefined || reason);
  return ended
    .map(({ name, exitCode, reason }) => `${name}${exitCode === undefined ? "" : ` exit ${exitCode}`}${reason ? ` (${reason})` : ""}`)
    .join(", ");
}

function targetLines({ targets }: Progress): Line[] {
  return Object.entries(targets).map(([arn, list]) => {
    const counts = Map.groupBy(list, ({ state }) => state);
    const name = arn.split("/").at(-2) ?? arn;
    const text = [...counts].map(([state, some]) => `${some.length} ${state}`).join(" · ");
    return [span("     targets  ", "muted"), span(`${name}  ${text || "none registered yet"}`, counts.has("unhealthy") ? "warn" : "plain")];
  });
}

function sayLines({ warnings, notes }: Progress, width: number, theme: Theme): Line[] {
  const warned = warnings
    .slice(-3)
    .flatMap(({ message, hint }) => wrap(`${message} ${hint ?? ""}`, width - 4).map((text): Line => [span(` ! ${text}`, "warn")]));
  const noted = notes
    .slice(-2)
    .flatMap((note) => wrap(note, width - 4).map((text): Line => [span(` ${theme.symbols.dot} ${text}`, "muted")]));
  return [...warned, ...noted];
}

/** The end in words, and the output values. */
function outcomeLines({ outcome }: Progress, width: number, theme: Theme): Line[] {
  if (!outcome) return [];
  const good = outcome.status === "succeeded" || outcome.status === "unchanged";
  const message = wrap(outcome.message, width - 4).map(
    (text, at): Line => [
      span(`${at === 0 ? ` ${good ? theme.symbols.check : "!"} ` : "   "}${text}`, good ? "good" : "warn", { bold: at === 0 }),
    ],
  );
  const outputs = Object.entries(outcome.outputs ?? {});
  const name = Math.max(0, ...outputs.map(([key]) => widthOf(key)));
  return [[], ...message, [], ...outputs.map(([key, value]): Line => [span(`   ${padTo(key, name)}  `, "muted"), span(value)])];
}

/** Every log line that was seen, container by container. */
export function logLines({ logs }: Progress, width: number): Line[] {
  if (logs.length === 0) return [[span(" No log lines yet: they are read when a container stops.", "muted")]];
  return logs.flatMap((log): Line[] => [
    [span(` ${log.container} `, "accent", { bold: true }), span(`${log.task}  ${log.group}`, "muted")],
    ...log.lines.flatMap((line) => wrap(line.text, width - 4).map((text): Line => [span(`   ${text}`)])),
  ]);
}

/** The history of stack and service, oldest first. */
export function eventLines({ events, serviceEvents }: Progress, theme: Theme): Line[] {
  const all = [
    ...events.map(({ event, attribution }) => ({
      at: event.at,
      attribution,
      text: `${event.status}  ${event.logicalId}${event.reason ? ` ${theme.symbols.none} ${event.reason}` : ""}`,
    })),
    ...serviceEvents.map(({ event, attribution }) => ({ at: event.at, attribution, text: event.message })),
  ].toSorted((a, b) => a.at.localeCompare(b.at));
  if (all.length === 0) return [[span(" No events yet.", "muted")]];
  return all.map(({ at, attribution, text }) => [
    span(` ${at.slice(11, 19)}  `, "muted"),
    span(text, attribution === "earlier" ? "muted" : /FAILED/.test(text) ? "bad" : "plain"),
    span(attribution === "earlier" ? "  (earlier)" : "", "muted"),
  ]);
}
