/** The shape of the catalogue of causes: what a known failure is, how it is recognised and what to do about it. */
import type { ProblemKind } from "../../problem.ts";

/** Where a message of a class is seen. `sdk` are errors of our own calls before AWS answered. */
export type Origin = "cfn-event" | "cfn-api" | "ecs-event" | "ecs-api" | "task" | "task-log" | "sdk";

/**
 * What a message says about the search for the cause: `root` states it; `symptom` means it is elsewhere (see `lookNext`);
 * `consequence` only follows from another failure; `info` is no failure.
 */
export type Rootness = "root" | "symptom" | "consequence" | "info";

/** What to read next when a message is only a symptom. */
export type LookNext = "stopped tasks" | "service events" | "stack events" | "container log" | "target health" | "settings";

/**
 * One entry of the catalogue. Texts, the title too, hold `{placeholders}` for captures, the profile's values and discovered facts, and
 * `[[optional parts]]` that are left out while one of their placeholders is unknown (see fill.ts).
 */
export interface Cause {
  /** Stable, in kebab-case. */
  readonly id: string;
  readonly title: string;
  readonly origins: readonly Origin[];
  readonly rootness: Rootness;
  /** How probable it is (0 to 1) that a deployment showing this message has its root cause stated by it. */
  readonly likelihood: number;
  /** Expressions in the dialect of pattern.ts; one that fits is enough. None: no text tells it, only what is known of a call (see calls.ts). */
  readonly match: readonly RegExp[];
  /** What a call of our own that ends with it has met; then the title says all that has to be said at once. */
  readonly kind?: ProblemKind;
  readonly cause: string;
  /** The command that mends it, `{command}` in the steps; offered where all its placeholders are known. */
  readonly command?: string;
  /** Steps, the likeliest first. */
  readonly fix: readonly string[];
  /** Places in the profile worth looking at, e.g. `containers[].image`, the likeliest first. */
  readonly fields: readonly string[];
  readonly lookNext?: readonly LookNext[];
  readonly docs: readonly string[];
}
