import type { PastDeployment } from "../ports.ts";
import type { Tone } from "../ui/theme.tsx";
import { ageText } from "../ui/times.ts";

const tones: Readonly<Record<PastDeployment["status"], Tone>> = {
  running: "accent",
  succeeded: "good",
  unchanged: "good",
  failed: "bad",
  timedOut: "warn",
  notWaited: "muted",
  cancelled: "warn",
  interrupted: "warn",
};

const words: Readonly<Record<PastDeployment["status"], string>> = {
  running: "running",
  succeeded: "succeeded",
  unchanged: "no changes",
  failed: "failed",
  timedOut: "timed out",
  notWaited: "not waited for",
  cancelled: "cancelled",
  interrupted: "not seen to its end",
};

/** The colour of an end. */
export const toneOf = ({ status }: PastDeployment): Tone => tones[status];

/** How something ended, in words: `failed`, `deletion succeeded`. */
export function endWords({ status, activity }: PastDeployment): string {
  return activity === "delete" ? `deletion ${words[status]}` : words[status];
}

/** What AWS is doing to a stack, in words: `being updated`. */
export function workWords(status: string): string {
  if (status.includes("ROLLBACK")) return "rolling back";
  const [verb = ""] = status.split("_");
  const done: Readonly<Record<string, string>> = { CREATE: "being created", UPDATE: "being updated", DELETE: "being deleted" };
  return done[verb] ?? status;
}

/** How something stands, with its age: `succeeded 2 h ago`, `running for 3 min`, `sandbox: failed 3 d ago`. */
export function standing(past: PastDeployment, now: number): string {
  return `${past.elsewhere ? `${past.elsewhere}: ` : ""}${withAge(past, now)}`;
}

function withAge(past: PastDeployment, now: number): string {
  return past.status === "running"
    ? `${endWords(past)} for ${ageText(now - past.startedAt)}`
    : `${endWords(past)} ${ageText(now - (past.finishedAt ?? past.startedAt))} ago`;
}

/** The same, and why it failed. */
export function standingWithCause(past: PastDeployment, now: number): string {
  const why = past.status === "failed" ? (past.cause ?? past.message) : undefined;
  return `${standing(past, now)}${why ? ` · ${why}` : ""}`;
}
