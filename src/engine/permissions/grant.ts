import type { Scope } from "./scope.ts";

/** What somebody wants to do. */
export type Need = "deploy" | "watch" | "wizard" | "check";

/** The condition of a statement: operator → key → value. */
export type Condition = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** One statement of a policy before it is written for a scope. */
export interface Grant {
  /** Says what the statement is for; letters and digits. */
  readonly sid: string;
  readonly needs: readonly Need[];
  /** What the program calls itself. */
  readonly calls?: readonly string[];
  /** What CloudFormation and ECS do with the caller's permissions, as the handlers of the resource types document it. */
  readonly does?: readonly string[];
  /** The ARNs; none: there is no such thing, and no statement. */
  readonly on: (scope: Scope) => readonly string[];
  readonly condition?: (scope: Scope) => Condition;
  /** The actions among them that the scope needs; absent: all. */
  readonly only?: (scope: Scope) => readonly string[];
}
