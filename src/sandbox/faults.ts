/** What a fault does to a call: an error of the service's own wording, or a broken connection. */
export type FaultKind = "throttled" | "denied" | "expired" | "serverError" | "dropped" | "slow";

/** A fault that strikes calls: which, how, how often. Plain data, part of the World. */
export interface Fault {
  kind: FaultKind;
  /** `scope:Action` with `*` and `?` as in IAM policies, e.g. `ecs:List*`, `*`. */
  action: string;
  /** Share of the calls struck, 0 to 1; 1 unless said otherwise. */
  rate?: number;
  /** Strikes only the first so many matching calls, then is spent. */
  times?: number;
  /** Of `slow`: how long an answer takes, real milliseconds. */
  delayMs?: number;
  /** Of `denied`: an explicit deny in an identity-based policy, instead of nothing that allows. */
  explicit?: boolean;
}
