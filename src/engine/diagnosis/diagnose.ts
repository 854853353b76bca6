import type { ExplainContext } from "./context.ts";
import type { Evidence } from "./evidence.ts";
import type { Diagnosis, Finding } from "./finding.ts";
import { findingsOf } from "./findings.ts";

const time = ({ at }: Finding): number => at ?? Number.POSITIVE_INFINITY;

/** Errors of our own calls and refused change sets come before anything else could happen. */
const kinds: Readonly<Record<Finding["kind"], number>> = {
  apiError: 0,
  validation: 1,
  stackEvent: 2,
  task: 3,
  target: 4,
  serviceEvent: 5,
  serviceDeployment: 6,
};

const ranks: Readonly<Record<Finding["rootness"], number>> = { root: 0, unknown: 1, symptom: 2, consequence: 3, info: 4 };

/** The service's failure is what its tasks caused: an unknown text of it must not stand before a known cause. */
const isService = (finding: Finding): boolean => finding.kind === "stackEvent" && finding.subject.includes("AWS::ECS::Service)");

/**
 * The stack's choice: the earliest *_FAILED whose class is no consequence. It stands first when it states a cause, also one
 * that the catalogue does not know, unless that is the service's own and something known explains it.
 */
function chosen(findings: readonly Finding[]): Finding | undefined {
  const candidates = findings.filter((finding) => finding.kind === "stackEvent" && !finding.folded);
  return candidates.reduce<Finding | undefined>(
    (first, finding) => (first === undefined || time(finding) < time(first) ? finding : first),
    undefined,
  );
}

/** Folds the reports of the service that only repeat what its tasks say themselves. */
function foldEchoes(findings: readonly Finding[]): Finding[] {
  const told = new Set(findings.flatMap(({ kind, id }) => (kind === "task" && id !== null ? [id] : [])));
  const repeats = ({ kind, id }: Finding) => (kind === "serviceEvent" || kind === "serviceDeployment") && id !== null && told.has(id);
  return findings.map((finding) => (repeats(finding) ? { ...finding, folded: true } : finding));
}

function inOrder(given: readonly Finding[]): Finding[] {
  const findings = foldEchoes(given);
  const first = chosen(findings);
  const lead = (finding: Finding): number => {
    if (finding === first && finding.rootness === "unknown" && !isService(finding)) return 0;
    return finding.folded ? Math.max(ranks.consequence, ranks[finding.rootness]) : ranks[finding.rootness];
  };
  return findings.toSorted(
    (a, b) =>
      lead(a) - lead(b) ||
      Number(b === first) - Number(a === first) ||
      kinds[a.kind] - kinds[b.kind] ||
      b.occurrences.length - a.occurrences.length ||
      time(a) - time(b),
  );
}

/**
 * Says what went wrong in a deployment: its findings, root causes first; those of earlier attempts and those nobody can
 * attribute apart. Pure; the same evidence gives the same diagnosis. Never throws.
 */
export function diagnose(evidence: Evidence, context: ExplainContext = {}): Diagnosis {
  const all = findingsOf(evidence, context);
  const findings = inOrder(all.filter((finding) => finding.attribution === "own"));
  const unattributed = inOrder(all.filter((finding) => finding.attribution === "unknown"));
  const earlier = all.filter((finding) => finding.attribution === "earlier").toSorted((a, b) => (b.at ?? 0) - (a.at ?? 0));
  // What nobody can attribute may still be the cause, when this deployment's own findings are only symptoms.
  const cause = (list: readonly Finding[]) => list.find((finding) => finding.rootness === "root");
  const root =
    cause(findings) ??
    findings.find((finding) => finding.rootness === "unknown") ??
    cause(unattributed) ??
    findings.find((finding) => !finding.folded);
  const worthwhile = [...(root ? [root] : []), ...findings.filter((finding) => !finding.folded)];
  return {
    findings,
    earlier,
    unattributed,
    ...(root && { root }),
    fields: [...new Set(worthwhile.flatMap((finding) => finding.explanation?.fields ?? []))],
    unseen: evidence.unseen ?? [],
    logs: evidence.logs ?? [],
  };
}
