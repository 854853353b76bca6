import { lastPart } from "../deployment/outputs.ts";
import { attributor } from "./attribution.ts";
import { causeOf } from "./catalogue/index.ts";
import { type Classification, classify } from "./classify.ts";
import type { ExplainContext } from "./context.ts";
import type { Evidence } from "./evidence.ts";
import { type Explanation, explain } from "./explain.ts";
import { classifyCall } from "./failed-call.ts";
import type { Finding } from "./finding.ts";
import { occurrence, type Source, sourcesOf } from "./sources.ts";
import { isOnPurpose, readTask, type TaskReading, taskKey, taskMessages } from "./task-findings.ts";

/** Explanations already made: the same recognition in the same context is explained once. */
const explained = new WeakMap<ExplainContext, WeakMap<Classification, Explanation>>();

function explainOnce(found: Classification, context: ExplainContext): Explanation {
  const known = explained.get(context) ?? new WeakMap<Classification, Explanation>();
  explained.set(context, known);
  const explanation = known.get(found) ?? explain(found, context);
  known.set(found, explanation);
  return explanation;
}

/** What is known of the container that a source is about. */
function about({ container, exitCode }: Source, context: ExplainContext): ExplainContext {
  if (container === undefined && exitCode === undefined) return context;
  return { ...context, ...(container !== undefined && { container }), ...(exitCode !== undefined && { exitCode }) };
}

function finding(source: Source, found: Classification | undefined, context: ExplainContext): Finding {
  const { failure, texts: _, captures: __, call: ___, ...rest } = source;
  const rootness = found?.entry.rootness ?? (failure ? "unknown" : "info");
  const at = source.occurrences[0]?.at;
  return {
    ...rest,
    id: found?.id ?? null,
    rootness,
    ...(at === undefined ? {} : { at }),
    ...(found && { explanation: explainOnce(found, about(source, context)) }),
    folded: rootness === "consequence" || rootness === "info",
  };
}

/** Tasks that stopped alike, as one: the sample – one whose log is known, if there is – stands first. */
function sourceOfTasks(alike: readonly TaskReading[]): Source & Pick<TaskReading, "found"> {
  const sample = alike.find((one) => one.log) ?? (alike[0] as TaskReading);
  const { container, exitCode, log, found, message, attribution, task } = sample;
  const what = [`task ${lastPart(task.arn)}`, container && `container ${container}`, exitCode !== undefined && `exit ${exitCode}`];
  return {
    kind: "task",
    attribution,
    subject: what.filter((part) => part).join(" "),
    message,
    occurrences: [sample, ...alike.filter((one) => one !== sample)].map((one) =>
      occurrence(one.task.arn, one.task.at, ...taskMessages(one.task)),
    ),
    ...(container !== undefined && { container }),
    ...(exitCode !== undefined && { exitCode }),
    ...(log && { log }),
    failure: !isOnPurpose(task),
    found,
  };
}

/** Recognises texts, each once. */
function recogniser(): (source: Source) => Classification | undefined {
  const seen = new Map<string, Classification | undefined>();
  const recognise = (text: string): Classification | undefined => {
    if (!seen.has(text)) seen.set(text, classify(text));
    return seen.get(text);
  };
  return ({ texts, message, captures, call }) => {
    const entry = call?.id === undefined ? undefined : causeOf(call.id);
    if (entry) return { id: entry.id, entry, captures: captures ?? {} };
    if (call) return classifyCall({ code: call.code ?? "", text: message, status: call.status, action: call.action });
    const found = (texts ?? [message]).map(recognise).find((one) => one !== undefined);
    return found && captures ? { ...found, captures: { ...captures, ...found.captures } } : found;
  };
}

/** Everything the evidence holds, as findings in no particular order; nothing is dropped that says something about a failure. */
export function findingsOf(evidence: Evidence, context: ExplainContext): Finding[] {
  const whose = attributor(evidence);
  const recognise = recogniser();
  const read = (evidence.stoppedTasks ?? []).map((task) => readTask(task, whose.task(task), evidence.logs ?? []));
  const tasks = [...Map.groupBy(read, taskKey).values()].map(sourceOfTasks);
  return [
    ...sourcesOf(evidence, whose).map((source) => finding(source, recognise(source), context)),
    ...tasks.map(({ found, ...source }) => finding(source, found, context)),
  ];
}
