import type { Binding } from "../ui/bindings.ts";
import { attempt } from "./attempt.ts";
import type { Program } from "./program.ts";
import type { AppState } from "./state.ts";

/** Says that something is deleted, with the way back: `u` at once, `^z` in the list as long as nothing else was deleted. */
export function tellDeleted(
  program: Program,
  { name, title, lines, putBack }: { name: string; title: string; lines: readonly string[]; putBack: () => void },
): void {
  program.update((state) => ({ ...state, deleted: { name, putBack }, reading: state.reading + 1 }));
  program.open({
    type: "confirm",
    title,
    lines: [...lines, "", "^z brings it back later on, until something else is deleted or the program ends."],
    answers: [
      {
        keys: ["u"],
        label: "undo",
        run: () => {
          program.close();
          bringBack(program);
        },
      },
      { keys: ["return", "escape"], label: "ok", run: () => program.close() },
    ],
  });
}

/** The key that brings back what was deleted last; none when nothing was. */
export function deletedKeys(program: Program, { deleted }: AppState): Binding[] {
  return deleted ? [{ keys: ["ctrl+z"], label: "undo", alone: "undo the last deletion", quiet: true, run: () => bringBack(program) }] : [];
}

function bringBack(program: Program): void {
  const { deleted } = program.state();
  if (!deleted) return;
  program.update(({ deleted: _, ...state }) => state);
  attempt(program, () => {
    deleted.putBack();
    program.say(`${deleted.name} is back.`, "good");
  });
  program.update((state) => ({ ...state, reading: state.reading + 1 }));
}
