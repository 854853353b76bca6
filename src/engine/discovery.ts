/** What the pickers ask of AWS: sources that stream items, keyed by the answers they depend on. */
import type { Problem } from "./problem.ts";
import type { SourceId } from "./schema.ts";

/** How the program reaches AWS: the target section's answers plus the command line's. */
export interface Target {
  readonly awsProfile?: string | undefined;
  readonly region?: string | undefined;
  readonly endpointUrl?: string | undefined;
  readonly assumeRole?:
    | { readonly roleArn: string; readonly sessionName?: string; readonly externalId?: string; readonly durationSeconds?: number }
    | undefined;
}

/** Who the calls are made as. */
export interface Identity {
  readonly accountId: string;
  /** The account's alias, when `iam:ListAccountAliases` is allowed and there is one. */
  readonly alias?: string;
  readonly arn: string;
  /** The region in use; empty when none is set. */
  readonly region: string;
}

/** One row of a picker. */
export interface PickerItem {
  /** What lands in the profile: an id, ARN or name. */
  readonly value: string;
  /** The columns as shown, the first one the name by which a person knows it. All take part in the filter. */
  readonly columns: readonly string[];
  /** A longer line for the highlighted row. */
  readonly detail?: string;
  /** Why choosing it would fail, e.g. `target type instance: Fargate needs ip`. */
  readonly warning?: string;
  /** Facts for checks and explanations, by name: `vpcId`, `architecture`, `targetType`, … */
  readonly facts?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
}

/** A column of a picker. */
export interface PickerColumn {
  readonly title: string;
  /** Which columns stay where there is no room for all, 1 the longest; the first column, the name, always stays. */
  readonly rank: number;
}

/** A picker's question: which source, with which answers. Equal queries (by value) share one answer. */
export interface SourceQuery {
  readonly source: SourceId;
  readonly target: Target;
  /** What the source depends on besides the target: `cluster`, `vpcId`, `repository`, `fileSystemId`. */
  readonly inputs: Readonly<Record<string, string>>;
}

/** The state of a query, as a picker shows it. */
export type SourceState =
  | { readonly status: "blocked"; readonly by: string }
  | {
      readonly status: "loading";
      readonly items: readonly PickerItem[];
      readonly stale?: boolean;
      readonly at?: number;
      readonly slow?: boolean;
    }
  | { readonly status: "ready"; readonly items: readonly PickerItem[]; readonly at: number }
  | { readonly status: "failed"; readonly problem: Problem; readonly items: readonly PickerItem[]; readonly at?: number };

/** The discovery cache as the screens see it: shared answers, streamed pages, last known lists. */
export interface Discovery {
  /** The columns of a source, in the order of the items' own. */
  columns(source: SourceId): readonly PickerColumn[];
  /** The current state; starts nothing. */
  peek(query: SourceQuery): SourceState | undefined;
  /** Starts the query unless its answer is known, and calls `onChange` at every change until unsubscribed; the last unsubscription aborts it. */
  watch(query: SourceQuery, onChange: (state: SourceState) => void): () => void;
  /** Asks again. */
  refresh(query: SourceQuery): void;
  /** Who we are; rejects with a ProblemError. Cached for the same target. */
  identity(target: Target): Promise<Identity>;
}
