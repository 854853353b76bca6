import { formatPath } from "../../engine/schema.ts";
import { type Line, span, wrap } from "../ui/spans.ts";
import type { Theme, Tone } from "../ui/theme.tsx";
import type { DeploymentView } from "./state.ts";

/** Why it failed: the root cause with explanation, steps and evidence; what followed from it in one line each. */
export function failureLines({ progress, findings, open, cursor }: DeploymentView, width: number, theme: Theme): Line[] {
  const text = (words: string, indent: string, tone: Tone = "plain") =>
    wrap(words, Math.max(20, width - indent.length - 2)).map((line): Line => [span(`${indent}${line}`, tone)]);
  const lines = findings.flatMap((found, at): Line[] => {
    const said = findings.slice(0, at).some(({ title }) => title === found.title);
    const finding = said ? { ...found, consequence: true } : found;
    const pointer = span(at === cursor ? ` ${theme.symbols.point} ` : "   ", "accent");
    const head: Line = [
      pointer,
      span(`${finding.consequence ? "" : `${theme.symbols.cross} `}${finding.title}`, finding.consequence ? "muted" : "bad", {
        bold: !finding.consequence,
      }),
    ];
    const shown = !finding.consequence || open.has(at);
    const steps = finding.steps.flatMap((step, index) => numbered(text(step, "        "), index + 1));
    const field: Line[] = finding.path ? [[span("     field  ", "muted"), span(formatPath(finding.path), "accent")]] : [];
    const evidence =
      finding.evidence.length === 0
        ? []
        : open.has(at)
          ? finding.evidence.flatMap((line) => text(line, "     | ", "muted"))
          : [[span(`     ${theme.symbols.point} evidence: ${finding.evidence.length} lines`, "muted")]];
    const heading = headingOf(found);
    const begins = heading !== undefined && heading !== headingOf(findings[at - 1]);
    const log = open.has(at) ? [] : (finding.said ?? []).flatMap((line) => text(line, "     | "));
    return [
      ...(begins ? [[], [span(`   ${heading}`, "muted", { bold: true })]] : []),
      head,
      ...(shown
        ? [
            ...text(finding.explanation, "     "),
            ...log,
            ...(steps.length > 0 ? [[span("     What to do", "accent")]] : []),
            ...steps,
            ...field,
            ...evidence,
            [],
          ]
        : []),
    ];
  });
  return [...text(ending(progress.outcome, findings.length > 0), " ", "bad"), [], ...lines];
}

/** What stands over the findings that are folded away; undefined for those that are not. */
function headingOf(found: DeploymentView["findings"][number] | undefined): string | undefined {
  if (found?.apart === "earlier") return "Of earlier attempts";
  if (found?.apart === "unattributed") return "Not known to be of this deployment";
  return found?.consequence ? "What followed, and what else was said" : undefined;
}

/** The line on which a finding begins. */
export function lineOfFinding(view: DeploymentView, at: number, width: number, theme: Theme): number {
  return failureLines({ ...view, findings: view.findings.slice(0, at) }, width, theme).length;
}

/** How it ended; what AWS said of it stands with the findings. */
function ending(outcome: DeploymentView["progress"]["outcome"], explained: boolean): string {
  if (!outcome) return "";
  return explained && outcome.reason === "stack" && outcome.stackStatus ? `The stack is ${outcome.stackStatus}.` : outcome.message;
}

/** Puts the number of a step before its first line. */
function numbered([first, ...rest]: readonly Line[], number: number): Line[] {
  const text =
    first
      ?.map((part) => part.text)
      .join("")
      .trimStart() ?? "";
  return [[span(`     ${number}  `, "accent"), span(text)], ...rest];
}
