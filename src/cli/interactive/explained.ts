import type { Diagnosis, Finding } from "../../engine/diagnosis/index.ts";
import { sanitize } from "../../engine/sanitize.ts";
import { parsePath } from "../../engine/schema.ts";
import type { Explained } from "../../screens/deployment-port.ts";

/** The findings of a deployment for the error screen, root cause first. */
export function explained({ findings, unattributed, earlier, root }: Diagnosis): readonly Explained[] {
  const ordered = root ? [root, ...findings.filter((finding) => finding !== root)] : findings;
  return [
    ...ordered.map((finding) => shown(finding)),
    ...unattributed.filter((finding) => finding !== root).map((finding) => shown(finding, "not known to be of this deployment")),
    ...earlier.map((finding) =>
      shown(
        finding,
        `of an earlier attempt${finding.at ? `, ${new Date(finding.at).toISOString().slice(0, 16).replace("T", " ")} UTC` : ""}`,
      ),
    ),
  ];
}

function shown(finding: Finding, apart?: string): Explained {
  const { explanation, message, subject, occurrences, log } = finding;
  const count = occurrences.length > 1 ? ` (${occurrences.length} times)` : "";
  const title = `${explanation?.title ?? message}${count}${apart ? ` – ${apart}` : ""}`;
  const path = explanation?.fields.map((field) => parsePath(field)).find((found) => found !== undefined);
  return {
    title: sanitize(title),
    explanation: sanitize(explanation?.cause ?? `${subject}: this message is not known to ecs-wizard; it is shown as AWS gave it.`),
    steps: (explanation?.fix ?? []).map((step) => sanitize(step)),
    evidence: [
      `${subject}:`,
      ...new Set(occurrences.flatMap(({ messages }) => messages)),
      ...(log ?? []).map((line) => `| ${line}`),
    ].flatMap((text) => text.split("\n").map((line) => sanitize(line))),
    ...(path ? { path } : {}),
    consequence: finding.folded || apart !== undefined,
  };
}
