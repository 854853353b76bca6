import {
  causeOf,
  type ExplainedLine,
  explainLines,
  explainPaste,
  isWrapped,
  type LookNext,
  type Rootness,
} from "../../engine/diagnosis/index.ts";
import { exitCode, UserError } from "../../engine/problem.ts";
import { sanitize, sanitizeLine } from "../../engine/sanitize.ts";
import type { CommandCall } from "../command.ts";
import { fitted } from "../fitted.ts";
import type { GlobalOptions } from "../options.ts";

/** Explains pasted texts: the argument as one message, or stdin line by line. */
export async function explain({ args, options, io }: CommandCall<GlobalOptions>): Promise<number> {
  const words = (args[0] as string[] | undefined) ?? [];
  const piped = words.length === 0 && !process.stdin.isTTY ? await stdinText() : "";
  const text = words.length > 0 ? words.join(" ") : piped;
  if (text.trim() === "")
    throw new UserError("there is no text to explain", {
      hint: "Give it as an argument, or pipe it in: ecs-wizard explain < messages.txt",
    });
  const found = words.length > 0 ? explainPaste(text) : explainLines(text.split(/\r?\n/));
  if (options.json) for (const line of found) io.json(line, true);
  else for (const block of blocks(isOneMessage(text, found) ? explainPaste(text.trim()) : found)) io.data(fitted(block, process.stdout));
  return exitCode.done;
}

/** As many lines of a wrapped message as are read as one. */
const longestWrapped = 12;

/** Whether what was pasted is one message in several lines: cut at one width, where that is no chance, and going on in mid-sentence. */
function isOneMessage(text: string, lines: readonly ExplainedLine[]): boolean {
  if (lines.length > longestWrapped || !isWrapped(text.trim())) return false;
  const goesOn = lines.slice(1).every((line) => /^[^A-Z]/.test(line.text.trim()));
  return goesOn || (lines.length > 2 && lines.some(({ id }) => id === null));
}

/** A text for each message; lines that nobody knows stand together, unless together they are a message that was wrapped. */
function blocks(lines: readonly ExplainedLine[]): string[] {
  const several = lines.length > 1;
  const said = new Set<string>();
  const runs: ExplainedLine[][] = [];
  for (const line of lines) {
    const run = runs.at(-1);
    if (line.id === null && run?.[0]?.id === null) run.push(line);
    else runs.push([line]);
  }
  return runs.flatMap((run) => {
    const text = run.map((line) => line.text).join("\n");
    const read = run.length > 1 && run.length <= longestWrapped ? explainPaste(text) : run;
    const [first] = read;
    return first && first.id !== null ? read.map((line) => explainedText(line, several, said)) : [unknownText(text, run.length)];
  });
}

/** Of a longer run of unknown lines – a log, say – its ends are shown. */
const longestRun = 12;
const shownOfRun = 3;

function unknownText(text: string, count: number): string {
  const lines = sanitize(text).split("\n");
  const left = lines.length - 2 * shownOfRun;
  const shown = lines.length > longestRun ? [...lines.slice(0, shownOfRun), `  … ${left} more lines`, ...lines.slice(-shownOfRun)] : lines;
  return `${shown.join("\n")}\n  ${count > 1 ? `These ${count} lines are` : "This message is"} not known to ecs-wizard.\n`;
}

/** Where the cause stands when it is not here. */
const elsewhere: Readonly<Partial<Record<Rootness, string>>> = {
  symptom: "A symptom: the cause stands elsewhere",
  consequence: "It only follows from another failure",
  info: "No failure",
};

function standing(rootness: Rootness, next: readonly LookNext[] = []): string[] {
  const said = elsewhere[rootness];
  return said === undefined ? [] : [`  ${said}${next.length > 0 ? `, look at the ${next.join(", the ")}` : ""}.`];
}

const shownOfText = 100;

/** What a message means and what to do, once; with the message before it where there are several. */
function explainedText(line: ExplainedLine, several: boolean, said: Set<string>): string {
  if (line.id === null) return unknownText(line.text, 1);
  const text = sanitizeLine(line.text);
  const quoted = text.length > shownOfText ? `${text.slice(0, shownOfText - 1)}…` : text;
  const head = [...(several ? [`> ${quoted}`] : []), sanitize(`${line.title} (${line.id})`)];
  const words = JSON.stringify([line.id, line.cause, line.fix]);
  if (said.has(words)) return [...head, "  As above.", ""].join("\n");
  said.add(words);
  return [
    ...head,
    `  ${line.cause}`,
    ...standing(line.rootness, causeOf(line.id)?.lookNext),
    ...line.fix.map((step, at) => `  ${at + 1}. ${step}`),
    ...line.docs.map((link) => `  ${link}`),
    "",
  ]
    .map((part) => sanitize(part))
    .join("\n");
}

async function stdinText(): Promise<string> {
  let text = "";
  process.stdin.setEncoding("utf8");
  for await (const chunk of process.stdin) text += chunk;
  return text;
}
