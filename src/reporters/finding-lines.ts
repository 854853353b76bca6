/** Findings as plain text: the cause in full, with what to do and what the container said; what follows from it in a line each. */
import type { Outcome } from "../engine/deployment/outcome.ts";
import type { Progress } from "../engine/deployment/progress.ts";
import type { Finding } from "../engine/diagnosis/finding.ts";
import { excerpt } from "../engine/diagnosis/telling.ts";
import type { PlainLine } from "./plain-lines.ts";

const logLines = 15;
const states = (finding: Finding) => finding.rootness === "root" || finding.rootness === "unknown";
const titleOf = (finding: Finding) => finding.explanation?.title ?? finding.message;

/** The lines of a finding; `before` are those told before it, the likeliest cause first. Earlier attempts are left to `ecs-wizard errors`. */
export function findingLines(finding: Finding, before: readonly Finding[]): readonly PlainLine[] {
  if (finding.attribution === "earlier" || finding.rootness === "info") return [];
  const [first] = before;
  if (first === undefined) return inFull(finding, "why it failed");
  if (before.some((one) => titleOf(one) === titleOf(finding))) return [];
  if (states(finding) && !finding.folded) return inFull(finding, "also");
  return [{ text: `also: ${titleOf(finding)}${states(first) ? " – follows from it" : ""}`, tone: "dim" }];
}

function inFull({ subject, message, explanation, occurrences, attribution, log = [] }: Finding, head: string): readonly PlainLine[] {
  const times = occurrences.length > 1 ? ` (${occurrences.length} times)` : "";
  const whose = attribution === "unknown" ? "; not known to be of this deployment" : "";
  const said = `AWS: ${message}`;
  return [
    { text: `${head}: ${explanation?.title ?? message}`, tone: "bad" },
    ...[`${subject}${times}${whose}`, ...(explanation ? [explanation.cause, said] : [])].map((text) => plain(`  ${text}`)),
    ...excerpt(log, logLines).map((line) => plain(`  | ${line}`)),
    ...(explanation?.fix ?? []).map((step) => plain(`  - ${step}`)),
    ...(explanation && explanation.fields.length > 0 ? [plain(`  fields: ${explanation.fields.join(", ")}`)] : []),
  ];
}

const plain = (text: string): PlainLine => ({ text, tone: "plain" });

/** The end in one line: with the cause in plain words instead of AWS's own where it is known. */
export function outcomeText(
  { status, message, problem, stackName, stackStatus }: Outcome,
  { findings }: Pick<Progress, "findings">,
): string {
  const [first] = findings;
  const title = first?.explanation && first.attribution !== "earlier" ? first.explanation.title : undefined;
  if (title === undefined || problem) return `${status}: ${message}`;
  if (status !== "failed") return `${status}: ${message} Until then: ${title}.`;
  return `${status}: ${title} – the stack ${stackName} ${stackStatus ? `is ${stackStatus}` : "was not deployed"}.`;
}
