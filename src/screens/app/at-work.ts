import type { Target } from "../../engine/discovery.ts";
import type { Problem } from "../../engine/problem.ts";
import type { StackAtWork } from "../deployment-port.ts";

/** What AWS is working on at one target, or why that is not known. */
export type AtWork =
  | { readonly target: Target; readonly stacks: readonly StackAtWork[] }
  | { readonly target: Target; readonly problem: Problem };
