import type { Progress } from "../../engine/deployment/progress.ts";
import { goesOn } from "../../engine/deployment/undertaking.ts";
import { type Line, padTo, span, widthOf, wrap } from "../ui/spans.ts";
import type { Theme } from "../ui/theme.tsx";
import { ageText } from "../ui/times.ts";
import { type Extent, resourceLines } from "./resource-lines.ts";
import { serviceLines } from "./service-lines.ts";

/** How the progress is drawn: when (ms), the frame of its animation, how wide, and how much of many resources. */
export interface Drawing {
  readonly now: number;
  readonly frame: number;
  readonly width: number;
  readonly theme: Theme;
  /** Absent: all resources; else they fold where they and the rest have more lines than this. */
  readonly height?: number;
}

/** Resources with their times, what the service does, then what there is to say. */
export function progressLines(progress: Progress, { now, frame, width, theme, height }: Drawing): Line[] {
  const before = troubleLines(progress, now, width, theme);
  const after = [
    ...serviceLines(progress, width, theme),
    ...predictionLines(progress, width, theme),
    ...sayLines(progress, width, theme),
    ...outcomeLines(progress, width, theme),
  ];
  const extent: Extent = height === undefined ? { all: true } : { all: false, room: height - before.length - after.length };
  return [...before, ...resourceLines(progress, now, frame, width, theme, extent), ...after];
}

/** What holds the deployment up, or our sight of it. */
function troubleLines(progress: Progress, now: number, width: number, theme: Theme): Line[] {
  const { busy, lost, question } = progress;
  const told = (sign: string, text: string, bold = false) =>
    wrap(text, Math.max(20, width - 4)).map((line, at): Line => [span(at === 0 ? ` ${sign} ${line}` : `   ${line}`, "warn", { bold })]);
  const since = lost && ageText(now - Date.parse(lost.since));
  const silence = lost?.kind === "credentials" ? "AWS does not accept our credentials any more" : "AWS does not answer";
  const meanwhile = goesOn(progress) ? "; the deployment goes on" : "";
  return [
    ...(busy ? told(theme.symbols.point, `Another operation is running (${busy}); this one begins when it has ended.`) : []),
    ...(lost ? told("!", `${silence}; last update ${since} ago${meanwhile}. ${lost.problem?.hint ?? ""}`) : []),
    ...(question ? told("?", `The stack ${question.stackName} is in the state ${question.status}. Press Enter to decide.`, true) : []),
  ];
}

/** What the checks predict, until it has turned out otherwise. */
function predictionLines({ predictions, outcome }: Progress, width: number, theme: Theme): Line[] {
  if (outcome?.status === "succeeded" || outcome?.status === "unchanged") return [];
  return predictions.slice(0, predictionsShown).flatMap(({ path, severity, message }) => {
    const [mark, tone] = severity === "error" ? ([theme.symbols.cross, "bad"] as const) : (["!", "warn"] as const);
    const text = `Predicted by the checks: ${path === "" ? "" : `${path}: `}${message}`;
    return wrap(text, width - 4).map((line, at): Line => [span(at === 0 ? ` ${mark} ${line}` : `   ${line}`, tone)]);
  });
}

const predictionsShown = 3;

function sayLines({ warnings, notes }: Progress, width: number, theme: Theme): Line[] {
  const warned = warnings
    .slice(-3)
    .flatMap(({ message, hint }) => wrap(`${message} ${hint ?? ""}`, width - 4).map((text): Line => [span(` ! ${text}`, "warn")]));
  const noted = notes
    .slice(-2)
    .flatMap((note) => wrap(note, width - 4).map((text): Line => [span(` ${theme.symbols.dot} ${text}`, "muted")]));
  return [...warned, ...noted];
}

/** The end in words, and the output values. */
function outcomeLines({ outcome }: Progress, width: number, theme: Theme): Line[] {
  if (!outcome) return [];
  const good = outcome.status === "succeeded" || outcome.status === "unchanged";
  const message = wrap(outcome.message, width - 4).map(
    (text, at): Line => [
      span(`${at === 0 ? ` ${good ? theme.symbols.check : "!"} ` : "   "}${text}`, good ? "good" : "warn", { bold: at === 0 }),
    ],
  );
  const outputs = Object.entries(outcome.outputs ?? {});
  const name = Math.max(0, ...outputs.map(([key]) => widthOf(key)));
  return [[], ...message, [], ...outputs.map(([key, value]): Line => [span(`   ${padTo(key, name)}  `, "muted"), span(value)])];
}
