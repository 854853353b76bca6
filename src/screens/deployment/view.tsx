import { useAnimation } from "ink";
import { undertaking } from "../../engine/deployment/undertaking.ts";
import type { Program } from "../app/program.ts";
import type { AppState } from "../app/state.ts";
import { Lines } from "../ui/lines.tsx";
import { justify, type Line, lineWidth, span, truncate } from "../ui/spans.ts";
import { type Theme, useTheme } from "../ui/theme.tsx";
import { clockText } from "../ui/times.ts";
import { paneBody } from "./body.ts";
import type { DeploymentView } from "./state.ts";

/** The pane of a deployment, from its first call to its outcome or its errors. */
export function DeploymentScreen({ program, state, width, height }: { program: Program; state: AppState; width: number; height: number }) {
  const theme = useTheme();
  const view = state.deployment;
  const live = view !== undefined && view.progress.outcome === undefined;
  const { frame } = useAnimation({ interval: 200, isActive: live });
  if (!view) return null;
  const now = live ? program.ports.now() : Date.parse(view.progress.updatedAt);
  const head: Line[] = [titleLine(view, now, width, theme), []];
  const room = Math.max(1, height - head.length);
  const { seen } = paneBody(view, { width, height: room, now, frame, theme });
  return <Lines lines={[...head, ...seen]} width={width} height={height} />;
}

const words = { deploy: "Deploying", delete: "Deleting", watch: "Watching" } as const;

function titleLine({ progress, watched }: DeploymentView, now: number, width: number, theme: Theme): Line {
  const { outcome } = progress;
  const verb = outcome
    ? {
        succeeded: "Deployed",
        unchanged: "Unchanged:",
        failed: "Failed:",
        timedOut: "Still running:",
        notWaited: "Started",
        cancelled: "Cancelled:",
      }[outcome.status]
    : words[progress.activity];
  const tone = !outcome
    ? "accent"
    : outcome.status === "succeeded" || outcome.status === "unchanged"
      ? "good"
      : outcome.status === "failed"
        ? "bad"
        : "warn";
  const elapsed = clockText(now - Date.parse(progress.startedAt));
  const doing = undertaking(progress);
  const operation = doing ? `${theme.symbols.dot} ${doing} ` : "";
  const left: Line = [span(` ${verb} ${watched.profile} `, tone, { bold: true }), span(`${operation}${theme.symbols.dot} ${elapsed} `)];
  const stack = truncate(`${progress.stackName} `, Math.max(0, width - lineWidth(left) - 1), theme.symbols.more);
  return justify(left, [span(stack, "muted")], width, theme.symbols.more);
}
