/** Reports of a diagnosis with everything in them, to keep or to send. Secrets are masked in all of them. */
import { jsonText, sanitize, sanitizeLine } from "../sanitize.ts";
import type { Diagnosis, Finding } from "./finding.ts";
import { logsOf } from "./finding-logs.ts";
import { maskAll } from "./mask-text.ts";
import { type ReportOptions, times, title, when, wordsOf } from "./report-words.ts";

const facts = (options: ReportOptions): [string, string][] =>
  (
    ["profile", "deployment", "stackName", "cluster", "region", "account", "sandbox", "startedAt", "outcome", "incomplete"] as const
  ).flatMap((key) => {
    const value = options[key];
    return value === undefined ? [] : [[key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`), value] as [string, string]];
  });

/** A code block whose fence is longer than any run of backticks inside. */
function block(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}\n${sanitize(text)}\n${fence}`;
}

const logBlocks = (finding: Finding, logs: Diagnosis["logs"]): string[] =>
  logsOf(finding, logs).flatMap(({ container, tasks, lines }) => [
    `The last lines of ${sanitizeLine(container)}'s log (task ${sanitizeLine(tasks.join(", "))}):`,
    block(lines.join("\n")),
  ]);

function markdownFinding(finding: Finding, logs: Diagnosis["logs"]): string {
  const { cause, fix, fields } = wordsOf(finding);
  const about = [finding.subject, times(finding), when(finding.at)].filter((part) => part).join(" · ");
  return [
    `### ${title(finding)}`,
    sanitizeLine(about),
    cause,
    fix.map((step, at) => `${at + 1}. ${step}`).join("\n"),
    fields.length > 0 && `Fields: ${fields.map((field) => `\`${field}\``).join(", ")}`,
    "AWS said:",
    ...[...new Set([finding.message, ...finding.occurrences.flatMap(({ messages }) => messages)])].map(block),
    ...logBlocks(finding, logs),
    finding.explanation?.docs.map((link) => `- <${link}>`).join("\n"),
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
    findings.length === 0 ? [] : [`## ${name}`, ...findings.map((finding) => markdownFinding(finding, diagnosis.logs))];
  return `${[
    `# What went wrong${said.profile ? `: ${sanitizeLine(said.profile)}` : ""}`,
    facts(said)
      .map(([name, value]) => `- ${name}: ${sanitizeLine(value)}`)
      .join("\n"),
    ...(open.length === 0 ? ["No failure of this deployment was found."] : []),
    ...section("Causes and symptoms, the likeliest first", open),
    ...(diagnosis.unseen.length === 0
      ? []
      : ["## What could not be seen", diagnosis.unseen.map((text) => `- ${sanitizeLine(text)}`).join("\n")]),
    ...section("What only follows from them", folded),
    ...section("Whose these are is not known", diagnosis.unattributed),
    ...section("From earlier attempts", diagnosis.earlier),
  ]
    .filter((part) => part !== "")
    .join("\n\n")}\n`;
}

/** A report as one JSON document: `{profile, …, root, findings, unattributed, earlier, fields, unseen, logs}`. */
export function reportJson(diagnosis: Diagnosis, options: ReportOptions = {}): string {
  const { secrets, ...said } = options;
  return `${jsonText(maskAll({ ...said, ...diagnosis }, secrets), 2)}\n`;
}
