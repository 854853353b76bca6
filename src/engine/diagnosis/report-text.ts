/** A diagnosis in few plain lines, for a terminal or the log of a pipeline. */
import { sanitizeLine } from "../sanitize.ts";
import type { Diagnosis, Finding } from "./finding.ts";
import { maskAll, maskText } from "./mask-text.ts";
import { type ReportOptions, times, title, when, wordsOf } from "./report-words.ts";
import { excerpt, tellingLines } from "./telling.ts";

/** How much of a log and of what follows a compact report shows. */
const compact = { logLines: 15, consequences: 3, symptoms: 5, apart: 5 } as const;

const heads: Readonly<Partial<Record<Finding["rootness"], string>>> = { root: "CAUSE", unknown: "ERROR" };
const about = (finding: Finding): string =>
  `  ${[times(finding), sanitizeLine(finding.subject), when(finding.at)].filter((part) => part).join(" ")}`;
const head = (finding: Finding): string =>
  `${heads[finding.rootness] ?? "SYMPTOM"}: ${title(finding)}${finding.id ? ` [${finding.id}]` : ""}`;
const logLines = (lines: readonly string[]): string[] => lines.map((line) => `  | ${sanitizeLine(line)}`);

/** The finding to begin with: what it means, what was said, what to do. */
function inFull(finding: Finding): string[] {
  const { log = [] } = finding;
  const { cause, fix, fields } = wordsOf(finding);
  return [
    head(finding),
    about(finding),
    ...(cause ? [`  ${cause}`] : []),
    `  AWS: ${sanitizeLine(finding.message)}`,
    ...logLines(excerpt(log, compact.logLines)),
    ...fix.map((step) => `  -> ${step}`),
    ...(fields.length > 0 ? [`  fields: ${fields.join(", ")}`] : []),
  ];
}

const inShort = (finding: Finding): string[] => [
  head(finding),
  about(finding),
  `  AWS: ${sanitizeLine(finding.message)}`,
  ...logLines(tellingLines(finding.log ?? [])),
];

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
      const date = finding.at === undefined ? "" : ` (${when(finding.at)})`;
      return `${whose}${date}: ${finding.explanation ? `${title(finding)}: ` : ""}${sanitizeLine(finding.message)}`;
    }),
    ...(rest > 0 ? [`${rest} more ${whose}`] : []),
  ];
}

const more = (count: number, what: string): string[] => (count > 0 ? [`${count} more ${what}`] : []);

/** A report in few plain lines: the first finding in full, the others in short, the last line says how to read everything. */
export function reportText(plain: Diagnosis, options: ReportOptions = {}): string {
  const { secrets, ...said } = options;
  const diagnosis = maskAll(plain, secrets);
  const { root } = diagnosis;
  const tried = said.sandbox === undefined ? [] : [`This happened in the sandbox (${sanitizeLine(said.sandbox)}), not in a real account.`];
  const incomplete = said.incomplete ? [`! ${sanitizeLine(said.incomplete)}`] : [];
  const unseen = diagnosis.unseen.map((text) => `! ${sanitizeLine(text)}`);
  const end = said.outcome ? [`It ended: ${sanitizeLine(maskText(said.outcome, secrets))}`] : [];
  if (!root) return `${[...incomplete, "No failure of this deployment was found.", ...end, ...unseen, ...tried].join("\n")}\n`;
  const others = onePerTitle(diagnosis.findings.filter((finding) => !finding.folded && finding.subject !== root.subject));
  const folded = diagnosis.findings.filter((finding) => finding.folded && finding.rootness === "consequence");
  return `${[
    ...incomplete,
    ...(root.attribution === "unknown" ? ["Nothing tells whether this is of this deployment:"] : []),
    ...inFull(root),
    ...unseen,
    ...others.slice(0, compact.symptoms).flatMap(inShort),
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
    ...tried,
    `Every message and log line: ecs-wizard errors${said.deployment ? ` ${said.deployment}` : ""} --all`,
  ].join("\n")}\n`;
}
