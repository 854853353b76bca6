import { formatPath } from "../../engine/schema.ts";
import { type Line, span, wrap } from "../ui/spans.ts";
import type { Theme, Tone } from "../ui/theme.tsx";
import type { DeploymentView } from "./state.ts";

/** Why it failed: the root cause with explanation, steps and evidence; what followed from it in one line each. */
export function failureLines({ progress, findings, open, cursor }: DeploymentView, width: number, theme: Theme): Line[] {
  const text = (words: string, indent: string, tone: Tone = "plain") =>
    wrap(words, Math.max(20, width - indent.length - 2)).map((line): Line => [span(`${indent}${line}`, tone)]);
  const followed = findings.findIndex((found) => found.consequence);
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
    const heading: Line[] = at > 0 && at === followed ? [[span("   What followed from it, and what else was said", "muted")]] : [];
    const log = open.has(at) ? [] : (finding.said ?? []).flatMap((line) => text(line, "     | "));
    return [
      ...heading,
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
