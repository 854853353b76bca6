import { messageText } from "../../engine/deployment/message-text.ts";
import { type Diagnosis, type Finding, logsOf, tellingLines } from "../../engine/diagnosis/index.ts";
import { sanitize } from "../../engine/sanitize.ts";
import { parsePath } from "../../engine/schema.ts";
import type { Explained } from "../../screens/deployment-port.ts";

/** The findings of a deployment for the error screen, root cause first. */
export function explained({ findings, unattributed, earlier, root, logs }: Diagnosis): readonly Explained[] {
  const shown = (finding: Finding, apart?: Explained["apart"]) => shownWith(logs, finding, apart);
  const ordered = root ? [root, ...findings.filter((finding) => finding !== root)] : findings;
  return [
    ...sameCauses(ordered).map(([first, ...others]) =>
      folded(
        joined(
          shown(first),
          others.map((finding) => shown(finding)),
        ),
        root?.rootness === "root" && first.rootness === "symptom",
      ),
    ),
    ...failuresFirst(unattributed.filter((finding) => finding !== root)).map((finding) => shown(finding, "unattributed")),
    ...failuresFirst(earlier).map((finding) => shown(finding, "earlier")),
  ];
}

const failuresFirst = (findings: readonly Finding[]): readonly Finding[] =>
  findings.toSorted((a, b) => Number(a.rootness === "info") - Number(b.rootness === "info"));

/** A symptom says nothing that its known cause does not say better. */
const folded = (finding: Explained, symptom: boolean): Explained => (symptom ? { ...finding, consequence: true } : finding);

type Alike = readonly [Finding, ...Finding[]];

/** Findings of one cause together – what the tasks say and what the stack says of them – the likeliest first; those of different containers apart. */
function sameCauses(findings: readonly Finding[]): readonly Alike[] {
  const groups: [Finding, ...Finding[]][] = [];
  for (const finding of findings) {
    const same = groups.find(
      ([first]) =>
        finding.id !== null &&
        finding.id === first.id &&
        (finding.container === undefined || first.container === undefined || finding.container === first.container),
    );
    if (same) same.push(finding);
    else groups.push([finding]);
  }
  return groups;
}

/** The first of findings of one cause, with what the others hold as further evidence. */
function joined(first: Explained, others: readonly Explained[]): Explained {
  const more = others.flatMap(({ evidence }) => evidence);
  return more.length === 0 ? first : { ...first, evidence: [...first.evidence, ...more] };
}

function shownWith(logs: Diagnosis["logs"], finding: Finding, apart?: Explained["apart"]): Explained {
  const { explanation, message, subject, occurrences, log } = finding;
  const count = occurrences.length > 1 ? ` (${occurrences.length} times)` : "";
  const date = apart && finding.at ? `${new Date(finding.at).toISOString().slice(0, 16).replace("T", " ")} UTC  ` : "";
  const title = `${date}${explanation?.title ?? messageText(message)}${count}`;
  const path = explanation?.fields.map((field) => parsePath(field)).find((found) => found !== undefined);
  return {
    title: sanitize(title),
    explanation: sanitize(explanation?.cause ?? `${subject}: this message is not known to ecs-wizard; it is shown as AWS gave it.`),
    ...(log && log.length > 0 ? { said: tellingLines(log).map((line) => sanitize(line)) } : {}),
    steps: (explanation?.fix ?? []).map((step) => sanitize(step)),
    evidence: [`${subject}:`, ...new Set(occurrences.flatMap(({ messages }) => messages)), ...sampleLogs(finding, logs)].flatMap((text) =>
      text.split("\n").map((line) => sanitize(line)),
    ),
    ...(path ? { path } : {}),
    consequence: finding.folded || apart !== undefined,
    ...(apart ? { apart } : {}),
  };
}

/** The logs of the sample's containers: the one that says most first. Those of the other tasks have a pane of their own. */
function sampleLogs(finding: Finding, logs: Diagnosis["logs"]): string[] {
  const [sample] = finding.occurrences;
  if (sample === undefined) return [];
  const all = logsOf({ ...finding, occurrences: [sample] }, logs);
  return all
    .toSorted((a, b) => Number(b.container === finding.container) - Number(a.container === finding.container))
    .flatMap(({ container, lines }) => [...(all.length > 1 ? [`log of ${container}:`] : []), ...lines.map((line) => `| ${line}`)]);
}
