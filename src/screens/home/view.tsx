import { identityProblem, identityWords } from "../app/credentials.ts";
import type { Program } from "../app/program.ts";
import type { AppState } from "../app/state.ts";
import { Lines } from "../ui/lines.tsx";
import { justify, type Line, padTo, scrollTo, span, widthOf, wrap } from "../ui/spans.ts";
import { useTheme } from "../ui/theme.tsx";
import { homeItems } from "./items.ts";

/** The home screen: what to begin, what to go on with, what happened. */
export function HomeScreen({ program, state, width, height }: { program: Program; state: AppState; width: number; height: number }) {
  const theme = useTheme();
  const items = homeItems(program, state);
  const cursor = Math.min(state.homeCursor, items.length - 1);
  const name = Math.min(32, Math.floor(width / 3), Math.max(16, ...items.map(({ label }) => widthOf(label))));
  const lines: Line[] = [];
  let at = 0;
  let group = "";
  items.forEach((item, index) => {
    if (item.group !== group || index === 0) {
      if (lines.length > 0) lines.push([]);
      if (item.group !== "") lines.push([span(` ${item.group}`, "muted")]);
      group = item.group;
    }
    if (index === cursor) at = lines.length;
    const pointer = span(index === cursor ? ` ${theme.symbols.point} ` : "   ", "accent");
    lines.push([
      pointer,
      span(`${padTo(item.label, name, theme.symbols.more)}  `, undefined, { bold: index === cursor }),
      span(item.detail, item.tone ?? "muted"),
    ]);
  });
  const all: Line[] = [
    [],
    ...lines,
    ...unknownLines(state, width),
    ...accessLines(state, width),
    ...firstSteps(program, items.length, width),
  ];
  // The first line of a group is seen with its heading.
  const offset = scrollTo(all.length, height, Math.max(0, at - 1), at + 1);
  const shown = all.slice(offset, offset + height);
  const below = all.length - offset - height;
  const last = shown.at(-1);
  if (below > 0 && last)
    shown[shown.length - 1] = justify(last, [span(`${below} more ${theme.unicode ? "↓" : "v"} `, "muted")], width, theme.symbols.more);
  return <Lines lines={shown} width={width} height={height} />;
}

/** Where it is not known what runs, because that must not be asked. */
function unknownLines({ atWork }: AppState, width: number): Line[] {
  const denied = [...atWork.values()].flatMap((one) => ("problem" in one && one.problem.kind === "denied" ? [one.problem] : []));
  const [problem] = denied;
  if (!problem) return [];
  const words = `Deployments begun elsewhere are not listed: ${problem.message}`;
  return [[], ...wrap(words, width - 4).map((text): Line => [span(`   ${text}`, "muted")])];
}

/** Why AWS cannot be reached as somebody, and what fixes it. */
function accessLines(state: AppState, width: number): Line[] {
  const problem = identityProblem(state);
  if (!problem) return [];
  return [
    [],
    ...wrap(`! ${identityWords(problem)}`, width - 4).map((text): Line => [span(`   ${text}`, "bad")]),
    ...wrap("The form works without AWS, too: lists stay empty then, and values are typed.", width - 4).map(
      (text): Line => [span(`   ${text}`, "muted")],
    ),
  ];
}

/** What somebody needs to know who has nothing yet. */
function firstSteps(program: Program, count: number, width: number): Line[] {
  if (count > 1) return [];
  const words = program.about.sandbox
    ? [
        "This is the sandbox: a simulated AWS account inside the program. Nothing you do here costs anything.",
        "Press Enter to deploy your first service.",
      ]
    : [
        "Nothing is saved yet. Press Enter to deploy your first service.",
        "Press b to try everything in the sandbox first: a simulated AWS account that costs nothing.",
      ];
  return [[], ...words.flatMap((text) => wrap(text, width - 4)).map((text): Line => [span(`   ${text}`, "muted")])];
}
