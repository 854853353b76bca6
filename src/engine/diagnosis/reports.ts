/** Reports of a diagnosis, to keep, to send or to read in a log. Secrets are masked in all of them. */
import { sanitize, sanitizeLine } from "../sanitize.ts";
import type { Diagnosis, Finding } from "./finding.ts";
import { maskAll } from "./mask-text.ts";

/** What a report says besides the diagnosis. */
export interface ReportOptions {
  /** e.g. `shop-web`. */
  readonly profile?: string;
  /** The deployment's id in the history. */
  readonly deployment?: string;
  readonly stackName?: string;
  readonly region?: string;
  readonly cluster?: string;
  readonly account?: string;
  /** ISO 8601 in UTC. */
  readonly startedAt?: string;
  readonly outcome?: string;
  /** Why what is known is not all. */
  readonly incomplete?: string;
  /** Values that must not appear. */
  readonly secrets?: Iterable<string>;
}

const when = (at: number | undefined): string => (at === undefined ? "" : new Date(at).toISOString());
const times = ({ occurrences }: Finding): string => (occurrences.length > 1 ? `${occurrences.length} ×` : "");
const title = (finding: Finding): string => finding.explanation?.title ?? "Not known to the catalogue";
const facts = (options: ReportOptions): [string, string][] =>
  (["profile", "deployment", "stackName", "cluster", "region", "account", "startedAt", "outcome", "incomplete"] as const).flatMap((key) => {
    const value = options[key];
    return value === undefined ? [] : [[key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`), value] as [string, string]];
  });

/** A code block whose fence is longer than any run of backticks inside. */
function block(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}\n${sanitize(text)}\n${fence}`;
}

function markdownFinding(finding: Finding, level: string): string {
  const { explanation, log } = finding;
  const about = [finding.subject, times(finding), when(finding.at)].filter((part) => part).join(" · ");
  return [
    `${level} ${title(finding)}`,
    sanitizeLine(about),
    explanation?.cause,
    explanation && explanation.fix.length > 0 && explanation.fix.map((step, at) => `${at + 1}. ${step}`).join("\n"),
    explanation && explanation.fields.length > 0 && `Fields: ${explanation.fields.map((field) => `\`${field}\``).join(", ")}`,
    "AWS said:",
    ...[...new Set([finding.message, ...finding.occurrences.flatMap(({ messages }) => messages)])].map(block),
    log && log.length > 0 && `The last lines of ${finding.container ?? "the container"}'s log:\n\n${block(log.join("\n"))}`,
    explanation?.docs.map((link) => `- <${link}>`).join("\n"),
  ]
    .filter((part) => part)
    .join("\n\n");
}

/** A report in Markdown: root causes with their steps, then the rest, every message verbatim. */
export function reportMarkdown(plain: Diagnosis, options: ReportOptions = {}): string {
  const { secrets, ...rest } = options;
  const diagnosis = maskAll(plain, secrets);
  const said = maskAll(rest, secrets);
  const open = diagnosis.findings.filter((finding) => !finding.folded);
  const folded = diagnosis.findings.filter((finding) => finding.folded);
  const section = (name: string, findings: readonly Finding[]) =>
    findings.length === 0 ? [] : [`## ${name}`, ...findings.map((finding) => markdownFinding(finding, "###"))];
  return `${[
    `# What went wrong${said.profile ? `: ${sanitizeLine(said.profile)}` : ""}`,
    facts(said)
      .map(([name, value]) => `- ${name}: ${sanitizeLine(value)}`)
      .join("\n"),
    ...(open.length === 0 ? ["No failure of this deployment was found."] : []),
    ...section("Causes and symptoms, the likeliest first", open),
    ...section("What only follows from them", folded),
    ...section("Whose these are is not known", diagnosis.unattributed),
    ...section("From earlier attempts", diagnosis.earlier),
  ]
    .filter((part) => part !== "")
    .join("\n\n")}\n`;
}

/** A report as one JSON document: `{profile, …, root, findings, unattributed, earlier, fields}`. */
export function reportJson(diagnosis: Diagnosis, options: ReportOptions = {}): string {
  const { secrets, ...said } = options;
  return `${JSON.stringify(maskAll({ ...said, ...diagnosis }, secrets), null, 2)}\n`;
}

/** How much of a log and of consequences a compact report shows. */
const compact = { logLines: 5, consequences: 3, symptoms: 5, apart: 5 } as const;

function textFinding(finding: Finding, steps: number): string[] {
  const { explanation, log = [] } = finding;
  return [
    `${finding.rootness === "root" ? "CAUSE" : finding.rootness === "unknown" ? "ERROR" : "SYMPTOM"}: ${title(finding)}${finding.id ? ` [${finding.id}]` : ""}`,
    `  ${[times(finding), sanitizeLine(finding.subject), when(finding.at)].filter((part) => part).join(" ")}`,
    `  AWS: ${sanitizeLine(finding.message)}`,
    ...log.slice(-compact.logLines).map((line) => `  | ${sanitizeLine(line)}`),
    ...(explanation && steps > 0 ? [`  ${explanation.cause}`] : []),
    ...(explanation?.fix.slice(0, steps).map((step) => `  -> ${step}`) ?? []),
    ...(explanation && steps > 0 && explanation.fields.length > 0 ? [`  fields: ${explanation.fields.join(", ")}`] : []),
  ];
}

/** The first of those that say the same. */
function onePerTitle(findings: readonly Finding[]): readonly Finding[] {
  const said = new Set<string>();
  return findings.filter((finding) => {
    const text = finding.id ?? finding.message;
    return said.size < said.add(text).size;
  });
}

/** What is not this deployment's, or not known to be: a dated line for each failure, the rest counted. */
function apart(whose: string, findings: readonly Finding[]): string[] {
  const failures = onePerTitle(["root", "unknown", "symptom"].flatMap((kind) => findings.filter(({ rootness }) => rootness === kind)));
  const shown = failures.slice(0, compact.apart);
  const rest = findings.length - shown.length;
  return [
    ...shown.map((finding) => {
      const date = finding.at === undefined ? "" : ` (${when(finding.at).slice(0, 16).replace("T", " ")} UTC)`;
      return `${whose}${date}: ${finding.explanation?.title ?? ""}${finding.explanation ? ": " : ""}${sanitizeLine(finding.message)}`;
    }),
    ...(rest > 0 ? [`${rest} more ${whose}: ecs-wizard errors --json`] : []),
  ];
}

/** A report in few plain lines, for the log of a pipeline; the first finding with its steps, the others in short. */
export function reportText(plain: Diagnosis, options: ReportOptions = {}): string {
  const { secrets, ...said } = options;
  const diagnosis = maskAll(plain, secrets);
  const { root } = diagnosis;
  const incomplete = said.incomplete ? [`! ${sanitizeLine(said.incomplete)}`] : [];
  if (!root) return `${[...incomplete, "No failure of this deployment was found."].join("\n")}\n`;
  const others = onePerTitle(diagnosis.findings.filter((finding) => !finding.folded && finding.subject !== root.subject));
  const folded = diagnosis.findings.filter((finding) => finding.folded && finding.rootness === "consequence");
  const more = (count: number, what: string) =>
    count > 0 ? [`${count} more ${what}: ecs-wizard errors${said.deployment ? ` ${said.deployment}` : ""}`] : [];
  return `${[
    ...incomplete,
    ...(root.attribution === "unknown" ? ["Nothing tells whether this is of this deployment:"] : []),
    ...textFinding(root, 4),
    ...others.slice(0, compact.symptoms).flatMap((finding) => textFinding(finding, 0)),
    ...more(others.length - compact.symptoms, "findings"),
    ...folded
      .slice(0, compact.consequences)
      .map((finding) => `follows: ${sanitizeLine(finding.subject)}: ${sanitizeLine(finding.message)}`),
    ...more(folded.length - compact.consequences, "consequences"),
    ...apart(
      "whose it is, nothing tells",
      diagnosis.unattributed.filter((finding) => finding !== root),
    ),
    ...apart("of an earlier attempt", diagnosis.earlier),
  ].join("\n")}\n`;
}
