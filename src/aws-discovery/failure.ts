import type { Target } from "../engine/discovery.ts";
import type { Problem } from "../engine/problem.ts";
import type { Renewal } from "./renewal.ts";

/** A failed call as the explanations look at it; texts are sanitised. */
export interface Failure {
  /** AWS's error code or the network's, e.g. `ExpiredToken`, `ECONNREFUSED`. */
  readonly code: string;
  readonly text: string;
  /** The HTTP status; undefined when no answer came. */
  readonly status: number | undefined;
  /** The IAM action of the call. */
  readonly action: string | undefined;
  readonly target: Target;
  /** How expired credentials are renewed, where the call's own profile tells. */
  readonly renewal?: Renewal | undefined;
}

/** One known way in which a call fails: how to recognise it and what to say. */
export interface Explanation {
  readonly when: (failure: Failure) => boolean;
  readonly say: (failure: Failure) => Pick<Problem, "kind" | "message" | "hint" | "command" | "action">;
}

/** Recognises a failure by its code. */
export const coded =
  (...codes: readonly string[]) =>
  ({ code }: Failure): boolean =>
    codes.includes(code);

/** Recognises a failure by its text. */
export const saying =
  (pattern: RegExp) =>
  ({ text }: Failure): boolean =>
    pattern.test(text);

/** Recognises a failure by any of several marks. */
export const either =
  (...marks: readonly Explanation["when"][]) =>
  (failure: Failure): boolean =>
    marks.some((mark) => mark(failure));
