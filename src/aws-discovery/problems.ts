import {
  type Classification,
  causeOf,
  classifyCall,
  explainCall,
  type FailedCall,
  kindOfCall,
  knownValues,
  type Values,
} from "../engine/diagnosis/index.ts";
import type { Target } from "../engine/discovery.ts";
import { type Problem, ProblemError } from "../engine/problem.ts";
import { sanitizeLine } from "../engine/sanitize.ts";
import { callOf } from "./call-notes.ts";

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

function failedCall(error: unknown, action: string | undefined): FailedCall {
  const links = [...chain(error)];
  const first = <T>(pick: (link: Record<string, unknown>) => T | undefined) =>
    links.map(pick).find((value) => value !== undefined && value !== "");
  const network = first((link) => (/^[A-Z][A-Z0-9_]+$/.test(textOf(link["code"])) ? textOf(link["code"]) : undefined));
  const code = network ?? first((link) => textOf(link["Code"]) || textOf(link["name"])) ?? "";
  return {
    code: code === "Error" ? "" : code,
    text: first((link) => textOf(link["message"])) ?? (links.length === 0 ? textOf(String(error)) : ""),
    status: first((link) => (link["$metadata"] as { httpStatusCode?: number } | undefined)?.httpStatusCode),
    action,
  };
}

/** What the texts of the catalogue may say of a call: whose it was and where it went, by what the message names. */
function valuesOf({ host }: Classification["captures"], target: Target): Values {
  const customEndpoint = textOf(target.endpointUrl ?? process.env["AWS_ENDPOINT_URL"]);
  return {
    awsProfile: target.awsProfile ?? process.env["AWS_PROFILE"],
    customEndpoint,
    endpoint: customEndpoint || host,
    role: target.assumeRole?.roleArn,
  };
}

/** A failure that the catalogue does not know, said as AWS says it. */
function unknown(call: FailedCall): Pick<Problem, "kind" | "message" | "hint"> {
  const kind = kindOfCall(call);
  const subject = call.action ?? "the call to AWS";
  const said = call.text ? `: ${call.text}` : ".";
  if (kind === "notFound")
    return { kind, message: `${subject} found nothing by that name${said}`, hint: "Check the name, the region and the account." };
  if (kind === "conflict")
    return {
      kind,
      message: `${subject} does not fit what is there already${said}`,
      hint: "Wait for the other operation to end, or choose another name.",
    };
  if (kind === "invalid") return { kind, message: `AWS refuses ${subject}${said}`, hint: "Correct the value AWS names and retry." };
  return {
    kind,
    message: `${call.action ?? "A call to AWS"} failed in a way ecs-wizard does not know${said}`,
    hint: "Try again; if it stays, the error's code and text help to search for it.",
  };
}

/** The problem of a class of the catalogue, for what our own look at the configuration has found; values fill its texts by placeholder. */
export function problemOf(id: string, values: Values): Told {
  const entry = causeOf(id);
  if (!entry) throw new Error(`no class ${id} in the catalogue`);
  return told({ entry, captures: knownValues(values) }, entry.kind ?? "unexpected", {});
}

/** Explains whatever a call to AWS was rejected with, in the words of the catalogue of causes. */
export function toProblem(error: unknown, context: ProblemContext = {}): Problem {
  if (error instanceof ProblemError) return error.problem;
  const note = callOf(error);
  const call = failedCall(error, context.action ?? note?.action);
  const target = context.target ?? note?.target ?? {};
  const found = classifyCall(call);
  const captures = ({ captures: named }: Classification) => ({
    ...knownValues({ ...valuesOf(named, target), ...note?.renewal }),
    ...named,
  });
  const { code, text, status } = call;
  const action = found?.captures["action"] ?? call.action;
  return {
    ...(action ? { action } : {}),
    ...(code ? { code } : {}),
    ...(text ? { detail: text } : {}),
    ...(status !== undefined ? { status } : {}),
    ...(found ? told({ ...found, captures: captures(found) }, kindOfCall(call), target) : unknown(call)),
  };
}

type Told = Pick<Problem, "id" | "captures" | "kind" | "message" | "hint" | "command">;

/** What the class says, with the values that it needs to say it again. */
function told(found: Pick<Classification, "entry" | "captures">, kind: Problem["kind"], target: Target): Told {
  const { entry, captures } = found;
  return { id: entry.id, captures, kind: entry.kind ?? kind, ...explainCall(found, { profile: { target } }) };
}
