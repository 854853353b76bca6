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
    return [
      head,
      ...(shown
        ? [
            ...text(finding.explanation, "     "),
            ...(steps.length > 0 ? [[span("     What to do", "accent")]] : []),
            ...steps,
            ...field,
            ...evidence,
            [],
          ]
        : []),
    ];
  });
  return [...text(progress.outcome?.message ?? "", " ", "bad"), [], ...lines];
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
