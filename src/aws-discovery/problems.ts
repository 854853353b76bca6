import { explainText } from "../engine/diagnosis/index.ts";
import type { Target } from "../engine/discovery.ts";
import { type Problem, ProblemError } from "../engine/problem.ts";
import { sanitizeLine } from "../engine/sanitize.ts";
import { callOf } from "./call-notes.ts";
import { explanations } from "./explanations/index.ts";
import type { Failure } from "./failure.ts";

/** What is known of a failed call besides its error; clients note both by themselves. */
export interface ProblemContext {
  /** The IAM action, e.g. `ecs:ListClusters`. */
  readonly action?: string;
  readonly target?: Target;
}

/** Whether an error only says that the caller gave up. */
export const isAbort = (error: unknown): boolean => error instanceof Error && error.name === "AbortError";

/** The error and what caused it, outermost first. */
function* chain(error: unknown): Generator<Record<string, unknown>> {
  let at = error;
  for (let depth = 0; depth < 6 && typeof at === "object" && at !== null; depth++) {
    yield at as Record<string, unknown>;
    const { cause, errors } = at as { cause?: unknown; errors?: unknown };
    at = cause ?? (Array.isArray(errors) ? errors[0] : undefined);
  }
}

/** A text fit for a terminal, without the password that an address may hold. */
const textOf = (value: unknown): string => (typeof value === "string" ? sanitizeLine(value).replace(/:\/\/[^\s/@]+@/g, "://…@") : "");

function failureOf(error: unknown, context: ProblemContext): Failure {
  const links = [...chain(error)];
  const note = callOf(error);
  const first = <T>(pick: (link: Record<string, unknown>) => T | undefined) =>
    links.map(pick).find((value) => value !== undefined && value !== "");
  const network = first((link) => (/^[A-Z][A-Z0-9_]+$/.test(textOf(link["code"])) ? textOf(link["code"]) : undefined));
  return {
    code: network ?? first((link) => textOf(link["Code"]) || textOf(link["name"])) ?? "Error",
    text: first((link) => textOf(link["message"])) ?? (links.length === 0 ? textOf(String(error)) : ""),
    status: first((link) => (link["$metadata"] as { httpStatusCode?: number } | undefined)?.httpStatusCode),
    action: context.action ?? note?.action,
    target: context.target ?? note?.target ?? {},
    renewal: note?.renewal,
  };
}

/** What the catalogue of causes knows of it; the same words as for a failed deployment. */
function fromCatalogue({ code, text, target }: Failure): Pick<Problem, "kind" | "message" | "hint"> | undefined {
  const context = { profile: { target } };
  const known = explainText(text, context) ?? explainText(`${code}: ${text}`, context);
  return known && { kind: "unexpected", message: `${known.title}. ${known.cause}`, hint: known.fix[0] ?? "" };
}

function unknown({ action, text }: Failure): Pick<Problem, "kind" | "message" | "hint"> {
  return {
    kind: "unexpected",
    message: `${action ?? "A call to AWS"} failed in a way ecs-wizard does not know${text ? `: ${text}` : "."}`,
    hint: "Try again; if it stays, the error's code and text below help to search for it.",
  };
}

/** Explains whatever a call to AWS was rejected with. */
export function toProblem(error: unknown, context: ProblemContext = {}): Problem {
  if (error instanceof ProblemError) return error.problem;
  const failure = failureOf(error, context);
  const { code, text, status, action } = failure;
  const said = explanations.find(({ when }) => when(failure))?.say(failure) ?? fromCatalogue(failure) ?? unknown(failure);
  return {
    ...(action ? { action } : {}),
    ...(code !== "Error" ? { code } : {}),
    ...(text ? { detail: text } : {}),
    ...(status !== undefined ? { status } : {}),
    ...said,
  };
}
