import { ProblemError, UserError } from "../../engine/problem.ts";
import { sayFailure } from "../app/attempt.ts";
import type { Program } from "../app/program.ts";
import type { AppState, Session } from "../app/state.ts";
import { askName, profileName, saveProfile } from "../profiles/save.ts";
import type { Binding, Layer } from "../ui/bindings.ts";
import { createTheme } from "../ui/theme.tsx";
import { besideRail } from "../wizard/rail.tsx";
import { commonKeys, homeKey } from "../wizard/screen-keys.ts";
import { changeLines } from "./change-lines.ts";
import { openProfileFile, openTemplate } from "./go-back.ts";
import { ask, launch, openChoices } from "./launch.ts";
import { nextProblem, placesOf, problemsOf } from "./problems.ts";
import { reviewLines, reviewRoom } from "./view.tsx";

/** The offset at which the end of the review is seen. */
function lastOffset(program: Program, state: AppState, session: Session): number {
  const lines = reviewLines(program, state, session, besideRail(state), plainTheme);
  return Math.max(0, lines.length - reviewRoom(state.size.rows - 2));
}

const plainTheme = createTheme({ color: false, unicode: true });

/** The keys of the review. */
export function reviewLayer(program: Program, state: AppState, session: Session): Layer {
  const problems = problemsOf(program, state);
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const blocked = () => (errors > 0 ? `${errors === 1 ? "One error is" : `${errors} errors are`} in the way: p goes there.` : undefined);
  const { profile } = session.wizard;
  const scroll = (by: number) => () =>
    program.update((present) => {
      const last = lastOffset(program, present, session);
      return { ...present, reviewOffset: Math.max(0, Math.min(last, Math.min(last, present.reviewOffset) + by)) };
    });
  const bindings: Binding[] = [
    { keys: ["d", "return"], label: "deploy", run: () => launch(program, profile), disabled: blocked },
    {
      keys: ["p"],
      label: "next problem",
      short: "problem",
      run: () => nextProblem(program),
      disabled: () => (placesOf(program, state).length > 0 ? undefined : "There are no problems."),
    },
    {
      keys: ["r"],
      label: "check again",
      quiet: true,
      run: () => program.update((present) => ({ ...present, checking: present.checking + 1 })),
      disabled: () => (program.ports.deployments.check ? undefined : "There is nothing to check here."),
    },
    { keys: ["v"], label: "preview", run: () => preview(program, session), disabled: blocked },
    { keys: ["t"], label: "template", run: () => openTemplate(program, program.ports.outlook.template(profile), profileName(profile)) },
    { keys: ["s"], label: "save", run: () => saveProfile(program) },
    { keys: ["n"], label: "save as", quiet: true, run: () => askName(program, profileName(profile)) },
    { keys: ["y"], label: "profile file", quiet: true, run: () => openProfileFile(program, profile, profileName(profile)) },
    { keys: ["down"], label: "scroll", alone: "down", sign: ["↑↓", "Up/Down"], quiet: true, run: scroll(1) },
    { keys: ["up"], label: "up", quiet: true, run: scroll(-1) },
    { keys: ["pagedown", "space"], label: "a page down", quiet: true, run: scroll(10) },
    { keys: ["pageup"], label: "a page up", quiet: true, run: scroll(-10) },
    { keys: ["home"], label: "top", quiet: true, run: scroll(-100_000) },
    { keys: ["end"], label: "end", quiet: true, run: scroll(100_000) },
    { keys: ["escape"], label: "back", run: () => program.wizard({ type: "back" }) },
    ...commonKeys(program, session),
    homeKey(program),
  ];
  return { name: "review", bindings };
}

function preview(program: Program, { wizard }: Session): void {
  ask(program, wizard.profile, openChoices(program, wizard.profile), { images: {}, variables: {} }, (choices) => {
    const stop = new AbortController();
    program.open({
      type: "confirm",
      title: "Preview",
      lines: ["Asking CloudFormation what would change…"],
      answers: [
        {
          keys: ["escape"],
          label: "never mind",
          run: () => {
            stop.abort(new Error("Not wanted any more"));
            program.close();
          },
        },
      ],
    });
    const waiting = program.state().overlays.at(-1);
    const done = (next: () => void) => {
      if (!waiting || !program.state().overlays.includes(waiting)) return;
      program.update((state) => ({ ...state, overlays: state.overlays.filter((one) => one !== waiting) }));
      next();
    };
    program.ports.deployments.preview(wizard.profile, choices, stop.signal).then(
      (changes) =>
        done(() =>
          program.open({ type: "viewer", title: "Preview: what a deployment would change", lines: changeLines(changes), offset: 0 }),
        ),
      (error: unknown) => {
        if (error instanceof ProblemError || error instanceof UserError) {
          done(() => sayFailure(program, error));
          return;
        }
        if (!stop.signal.aborted) program.terminal.fail(error);
      },
    );
  });
}
