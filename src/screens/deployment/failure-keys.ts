import type { Program } from "../app/program.ts";
import type { Binding } from "../ui/bindings.ts";
import { copySequence } from "../ui/sequences.ts";
import { span, wrap } from "../ui/spans.ts";
import { lineOfFinding } from "./failure-lines.ts";
import { chrome, plain, set } from "./pane-view.ts";
import type { DeploymentView } from "./state.ts";

/** The keys for reading why a deployment failed: from finding to finding, their evidence, the report. */
export function failureKeys(program: Program, view: DeploymentView): Binding[] {
  const move = (by: number) => () => moveTo(program, view, Math.max(0, Math.min(view.findings.length - 1, view.cursor + by)));
  return [
    {
      keys: ["return", "space"],
      label: view.open.has(view.cursor) ? "fold evidence" : "evidence",
      run: () => set(program, { open: flip(view.open, view.cursor) }),
    },
    { keys: ["up"], label: "finding above", quiet: true, run: move(-1) },
    { keys: ["down"], label: "finding below", quiet: true, run: move(1) },
    ...(program.ports.deployments.report ? [{ keys: ["w"], label: "report", run: () => report(program, view) }] : []),
    { keys: ["y"], label: "copy", run: () => copy(program, view) },
  ];
}

const flip = (set: ReadonlySet<number>, at: number): ReadonlySet<number> =>
  new Set(set.has(at) ? [...set].filter((one) => one !== at) : [...set, at]);

/** Highlights a finding, and scrolls to it when it cannot be seen. */
function moveTo(program: Program, view: DeploymentView, cursor: number): void {
  const { size } = program.state();
  const height = Math.max(1, size.rows - chrome);
  const line = lineOfFinding(view, cursor, size.columns, plain);
  const seen = line >= view.offset && line < view.offset + height - 1;
  set(program, { cursor, offset: cursor === 0 ? 0 : seen ? view.offset : Math.max(0, line - 2) });
}

function report(program: Program, view: DeploymentView): void {
  const write = program.ports.deployments.report;
  if (!write) return;
  const text = write(view.watched, "markdown");
  const width = Math.max(20, program.state().size.columns - 4);
  const lines = text.split("\n").flatMap((line) => (line === "" ? [[]] : wrap(line, width).map((part) => [span(part)])));
  const copy = { text, file: `${view.watched.profile}-report.md`, json: write(view.watched, "json") };
  program.open({ type: "viewer", title: "Report", lines, offset: 0, copy });
}

function copy(program: Program, view: DeploymentView): void {
  const text = view.findings
    .map(({ title, explanation, steps, evidence }) => [title, explanation, ...steps, ...evidence].join("\n"))
    .join("\n\n");
  program.terminal.write(copySequence(text));
  program.say("The findings are in the clipboard, if the terminal allows it (OSC 52).", "good");
}
