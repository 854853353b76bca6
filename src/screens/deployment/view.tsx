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
  const room = Math.max(1, height - 2);
  const { seen, above, below } = paneBody(view, { width, height: room, now, frame, theme });
  const head = [titleLine(view, now, width, theme), outOfSight(above, below, width)];
  return <Lines lines={[...head, ...seen]} width={width} height={height} />;
}

/** How many lines are out of sight, and the keys that bring them; empty where all is seen. */
function outOfSight(above: number, below: number, width: number): Line {
  const parts = [...(above > 0 ? [`${above} lines above (PgUp)`] : []), ...(below > 0 ? [`${below} lines below (PgDn)`] : [])];
  return parts.length > 0 ? justify([], [span(`${parts.join(", ")} `, "muted")], width) : [];
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
