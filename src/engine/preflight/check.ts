/** The shape of a check, and of what it finds. */
import { type Problem, ProblemError } from "../problem.ts";
import type { Issue, Path, Severity } from "../schema.ts";
import type { Account } from "./account.ts";
import type { Subject } from "./subject.ts";

/** Something of the profile that a check looks at, with its place. */
export interface Placed<T> {
  readonly path: Path;
  readonly value: T;
}

/** What is wrong with one thing; its place is that of the thing unless said otherwise. */
export interface Fault {
  readonly severity?: Severity;
  readonly path?: Path;
  readonly message: string;
  readonly hint: string;
}

/** Nothing can be told of a thing; `quiet`: as was to be expected, e.g. of an image in somebody else's registry. */
export interface Untold {
  readonly path: Path;
  readonly reason: string;
  readonly hint: string;
  readonly quiet: boolean;
  /** The IAM action that is missing, where that is the reason. */
  readonly permission?: string;
}

/** Thrown by a check that cannot tell anything of a thing. */
export class CannotTell extends Error {}

/** The answer of a check that has nothing to look at, because another has found it missing. */
export const moot = "moot";

/** One check as data. */
export interface CheckSpec<T> {
  /** Its stable name in kebab-case: the rule of its issues. */
  readonly id: string;
  /** What holds when it passes, as the end of “it is not known whether …”. */
  readonly claim: string;
  /** The IAM actions it calls. */
  readonly actions: readonly string[];
  /** The causes of the catalogue of failures that it predicts. */
  readonly predicts: readonly string[];
  /** What of a profile it looks at; nothing: it does not apply. Values that are not known yet, or wrong as they stand, are left out. */
  readonly about: (subject: Subject) => readonly Placed<T>[];
  /** What is wrong with one of them; `moot` where another check's finding leaves nothing to look at. Rejects with ProblemError, or CannotTell. */
  readonly look: (value: T, subject: Subject, account: Account) => Promise<readonly Fault[] | typeof moot>;
}

/** A check, whatever it looks at. */
export interface Check extends Pick<CheckSpec<unknown>, "id" | "claim" | "actions" | "predicts"> {
  /** Whether a profile has anything for it to look at. */
  readonly applies: (subject: Subject) => boolean;
  /** One question for each thing it looks at; empty where it does not apply. */
  readonly questions: (subject: Subject, account: Account) => readonly Question[];
}

/** A question about what stands at a place of the profile. */
export interface Question {
  readonly path: Path;
  readonly ask: () => Promise<Answer>;
}

/** The answer to one question; `problem`: the call that failed. */
export interface Answer {
  readonly issues: readonly Issue[];
  readonly moot?: true;
  readonly untold?: Untold;
  readonly problem?: Problem;
}

/** What one check came to. */
export interface CheckResult {
  readonly id: string;
  readonly claim: string;
  readonly issues: readonly Issue[];
  /** There was nothing to look at: another check has found it missing. */
  readonly moot: boolean;
  /** What it could not tell; each reason once. */
  readonly untold: readonly Untold[];
}

/** What all checks came to that apply, in the order of the table. */
export interface CheckReport {
  readonly results: readonly CheckResult[];
  /** Without credentials or connection nothing can be told: then there is this one problem. */
  readonly problem?: Problem;
}

/** Makes a check of its description; its questions never reject. */
export function check<T>(spec: CheckSpec<T>): Check {
  const { id, claim, actions, predicts, about, look } = spec;
  const ask = async ({ path, value }: Placed<T>, subject: Subject, account: Account): Promise<Answer> => {
    try {
      const faults = await look(value, subject, account);
      if (faults === moot) return { issues: [], moot: true };
      const issues = faults.map(
        (fault): Issue => ({
          path: fault.path ?? path,
          severity: fault.severity ?? "error",
          rule: id,
          message: fault.message,
          hint: fault.hint,
        }),
      );
      return { issues };
    } catch (error) {
      if (error instanceof ProblemError) return { issues: [], untold: untoldOf(error.problem, path), problem: error.problem };
      if (error instanceof CannotTell) return { issues: [], untold: { path, reason: error.message, hint: "", quiet: true } };
      if (error instanceof Error && error.name === "AbortError") return late(path);
      return broken(id, path, error);
    }
  };
  return {
    id,
    claim,
    actions,
    predicts,
    applies: (subject) => {
      try {
        return about(subject).length > 0;
      } catch {
        return false;
      }
    },
    questions: (subject, account) => {
      try {
        return about(subject).map((thing) => ({ path: thing.path, ask: () => ask(thing, subject, account) }));
      } catch (error) {
        return [{ path: [], ask: async () => broken(id, [], error) }];
      }
    },
  };
}

/** A check with a fault of its own must not keep anybody from the others, or from deploying. */
function broken(id: string, path: Path, error: unknown): Answer {
  const reason = `the check ${id} is broken (${error instanceof Error ? error.message : String(error)})`;
  return { issues: [], untold: { path, reason, hint: "Please report it as a bug in ecs-wizard.", quiet: false } };
}

/** The answer to a question that was given up. */
export const late = (path: Path): Answer => ({
  issues: [],
  untold: { path, reason: "AWS did not answer in time", hint: "Check again: ecs-wizard check takes its time.", quiet: false },
});

function untoldOf({ kind, action, message, hint }: Problem, path: Path): Untold {
  if (kind === "denied" && action)
    return {
      path,
      reason: `permission ${action} missing`,
      permission: action,
      hint: `Allow ${action} to whoever runs the checks, or deploy without knowing.`,
      quiet: false,
    };
  if (kind === "throttled") return { path, reason: "AWS asks to slow down", hint: "Check again in a minute.", quiet: false };
  return { path, reason: message, hint, quiet: false };
}
