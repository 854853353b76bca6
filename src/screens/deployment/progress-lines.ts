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
              ` ! ${lost.kind === "credentials" ? "AWS does not accept our credentials any more" : "AWS does not answer"}, for ${ageText(now - Date.parse(lost.since))}; the deployment goes on. ${lost.problem?.hint ?? ""}`,
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
  if (!service) return [];
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

/** The last tasks of this deployment that stopped, each with exit code, reason and the end of its log. */
function stoppedLines({ tasks, logs, repeated }: Progress, width: number, theme: Theme): Line[] {
  const stopped = tasks
    .filter(({ task, attribution }) => attribution !== "earlier" && task.lastStatus === "STOPPED" && task.stoppedReason)
    .slice(-3);
  const lines = stopped.flatMap(({ task }): Line[] => {
    const tail = logs.filter((log) => log.task === task.id || log.task === task.arn).flatMap((log) => log.lines.slice(-3));
    return [
      [
        span(`     task ${task.id.slice(0, 4)}${theme.symbols.more} STOPPED  `, "bad"),
        span(`${exits(task)} ${theme.symbols.none} ${task.stoppedReason ?? ""}`),
      ],
      ...tail.map((line): Line => [span(`       | ${line.text}`, "muted")]),
    ];
  });
  const warning = repeated
    ? wrap(`${repeated.count} tasks failed alike: ${repeated.cause}. This will hardly succeed by itself; c cancels it.`, width - 8).map(
        (text): Line => [span(`     ! ${text}`, "warn")],
      )
    : [];
  return [...lines, ...warning];
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
