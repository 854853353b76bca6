import { formatPath } from "../../engine/schema.ts";
import { type Line, span, wrap } from "../ui/spans.ts";
import type { Theme, Tone } from "../ui/theme.tsx";
import type { DeploymentView } from "./state.ts";

/** Why it failed: the root cause with explanation, steps and evidence; what could not be seen; what followed in one line each. */
export function failureLines(view: DeploymentView, width: number, theme: Theme): Line[] {
  const { head, findings, unseen, folded } = partsOf(view, width, theme);
  return [...head, ...findings.slice(0, folded).flat(), ...unseen, ...findings.slice(folded).flat()];
}

/** The line on which a finding begins. */
export function lineOfFinding(view: DeploymentView, at: number, width: number, theme: Theme): number {
  const { head, findings, unseen, folded } = partsOf(view, width, theme);
  return head.length + findings.slice(0, at).flat().length + (at >= folded ? unseen.length : 0);
}

type Write = (words: string, indent: string, tone?: Tone) => Line[];
type Found = DeploymentView["findings"][number];

interface Parts {
  readonly head: readonly Line[];
  /** The lines of each finding. */
  readonly findings: readonly (readonly Line[])[];
  readonly unseen: readonly Line[];
  /** The first of the findings that are folded away. */
  readonly folded: number;
}

function partsOf(view: DeploymentView, width: number, theme: Theme): Parts {
  const { progress, findings } = view;
  const write: Write = (words, indent, tone = "plain") =>
    wrap(words, Math.max(20, width - indent.length - 2)).map((line): Line => [span(`${indent}${line}`, tone)]);
  const folded = findings.findIndex((found) => headingOf(found) !== undefined);
  return {
    head: [...write(ending(progress.outcome, findings.length > 0), " ", "bad"), []],
    findings: findings.map((found, at) => findingLines(view, found, at, write, theme)),
    unseen: unseenLines(progress, write),
    folded: folded < 0 ? findings.length : folded,
  };
}

function findingLines({ findings, open, cursor }: DeploymentView, found: Found, at: number, write: Write, theme: Theme): Line[] {
  const consequence = found.consequence || findings.slice(0, at).some(({ title }) => title === found.title);
  const head: Line = [
    span(at === cursor ? ` ${theme.symbols.point} ` : "   ", "accent"),
    span(`${consequence ? "" : `${theme.symbols.cross} `}${found.title}`, consequence ? "muted" : "bad", { bold: !consequence }),
  ];
  const heading = headingOf(found);
  const begins = heading !== undefined && heading !== headingOf(findings[at - 1]);
  return [
    ...(begins ? [[], [span(`   ${heading}`, "muted", { bold: true })]] : []),
    head,
    ...(!consequence || open.has(at) ? body(found, open.has(at), write, theme) : []),
  ];
}

/** What a finding means, what to do, where, and its evidence where that is unfolded. */
function body({ explanation, said = [], steps, path, evidence }: Found, unfolded: boolean, write: Write, theme: Theme): Line[] {
  const folded: Line[] = evidence.length > 0 ? [[span(`     ${theme.symbols.point} evidence: ${evidence.length} lines`, "muted")]] : [];
  return [
    ...write(explanation, "     "),
    ...(unfolded ? [] : said.flatMap((line) => write(line, "     | "))),
    ...(steps.length > 0 ? [[span("     What to do", "accent")]] : []),
    ...steps.flatMap((step, index) => numbered(write(step, "        "), index + 1)),
    ...(path ? [[span("     field  ", "muted"), span(formatPath(path), "accent")]] : []),
    ...(unfolded ? evidence.flatMap((line) => write(line, "     | ", "muted")) : folded),
    [],
  ];
}

/** What stands over the findings that are folded away; undefined for those that are not. */
function headingOf(found: Found | undefined): string | undefined {
  if (found?.apart === "earlier") return "Of earlier attempts";
  if (found?.apart === "unattributed") return "Not known to be of this deployment";
  return found?.consequence ? "What followed, and what else was said" : undefined;
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

/** What could not be looked at: where only a symptom is known, the cause may be there. */
function unseenLines({ warnings }: DeploymentView["progress"], write: Write): Line[] {
  const unseen = warnings.filter((one) => one.unseen);
  if (unseen.length === 0) return [];
  const lines = unseen.flatMap(({ message, hint }) => write([message, hint].filter((part) => part).join(" "), "   ", "warn"));
  return [[span("   What could not be seen", "muted", { bold: true })], ...lines];
}
