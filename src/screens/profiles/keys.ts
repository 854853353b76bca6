import { UserError } from "../../engine/problem.ts";
import type { JsonObject } from "../../engine/schema.ts";
import { editText, type TextCommand, textState } from "../../engine/text-editing.ts";
import { attempt, sayFailure } from "../app/attempt.ts";
import { deletedKeys, tellDeleted } from "../app/deleted.ts";
import { openForm, openProfile } from "../app/open-form.ts";
import type { Program } from "../app/program.ts";
import type { AppState } from "../app/state.ts";
import { targetText } from "../home/items.ts";
import { moveKeys } from "../overlays/move-keys.ts";
import type { SavedProfile } from "../ports.ts";
import { openProfileFile } from "../review/go-back.ts";
import { launch } from "../review/launch.ts";
import type { Binding, Layer } from "../ui/bindings.ts";
import { textKeys } from "../ui/text-keys.ts";

/** The saved profiles whose name or target holds the filter. */
export function shownProfiles(program: Program, state: AppState): readonly SavedProfile[] {
  const words = state.profilesFilter.text.toLowerCase().split(/\s+/).filter(Boolean);
  return program.ports.profiles.list().filter((saved) => {
    const text = `${saved.name} ${targetText(saved.profile)}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** The keys of the list of profiles; letters filter, so its actions are control keys. */
export function profilesLayer(program: Program, state: AppState): Layer {
  const profiles = shownProfiles(program, state);
  const cursor = Math.max(0, Math.min(state.profilesCursor, profiles.length - 1));
  const saved = profiles[cursor];
  const edit = (command: TextCommand) =>
    program.update((present) => ({ ...present, profilesFilter: editText(present.profilesFilter, command), profilesCursor: 0 }));
  const leave = () =>
    program.update((present) =>
      present.profilesFilter.text === "" ? { ...present, screen: "home" } : { ...present, profilesFilter: textState("") },
    );
  const none = () => (saved ? undefined : "There is no profile here.");
  const readable = () => none() ?? (saved?.profile ? undefined : "Its file is broken: mend it first.");
  const act = (keys: string[], label: string, run: (one: SavedProfile) => void, disabled = readable): Binding => ({
    keys,
    label,
    disabled,
    run: () => saved && run(saved),
  });
  return {
    name: "profiles",
    bindings: [
      act(["return"], "edit", (one) => openProfile(program, one), none),
      act(["ctrl+d"], "deploy", (one) => launch(program, one.profile ?? {})),
      act(["ctrl+y"], "duplicate", (one) => duplicate(program, one)),
      act(["ctrl+r"], "rename", (one) => rename(program, one)),
      act(["ctrl+x"], "delete", (one) => remove(program, one), none),
      act(["ctrl+v"], "export", (one) => openProfileFile(program, one.profile ?? {}, one.name)),
      { keys: ["ctrl+t"], label: "import a file", run: () => importFile(program) },
      { keys: ["escape"], label: state.profilesFilter.text === "" ? "back" : "clear filter", run: leave },
      ...deletedKeys(program, state),
      ...moveKeys(profiles.length, cursor, (profilesCursor) => program.update((present) => ({ ...present, profilesCursor }))).filter(
        ({ keys }) => !keys.includes("home") && !keys.includes("end"),
      ),
      { keys: ["ctrl+o"], label: "help", run: () => program.open({ type: "help", offset: 0 }) },
      ...textKeys(edit, ["ctrl+d"]),
    ],
    text: (text) => edit({ type: "insert", text }),
  };
}

/** Reads the list again, the highlight on a profile. */
function showAgain(program: Program, name: string): void {
  program.update((state) => {
    const at = shownProfiles(program, state).findIndex((saved) => saved.name === name);
    return { ...state, profilesCursor: at < 0 ? state.profilesCursor : at, reading: state.reading + 1 };
  });
}

/** Saves under a name that must be free; returns what is wrong with it. */
function keep(program: Program, name: string, profile: JsonObject): string | undefined {
  if (name === "") return "Write a name, or press esc.";
  try {
    const result = program.ports.profiles.save(name, { ...profile, name }, null);
    return result.status === "conflict" ? `There is a profile ${name} already. Choose another name.` : undefined;
  } catch (error) {
    if (error instanceof UserError) return `${error.message}.`;
    throw error;
  }
}

function duplicate(program: Program, saved: SavedProfile): void {
  program.open({
    type: "prompt",
    title: `Duplicate ${saved.name}`,
    help: "The name of the copy.",
    text: textState(`${saved.name}-copy`),
    submit: (name) => {
      const problem = keep(program, name.trim(), saved.profile ?? {});
      if (!problem) showAgain(program, name.trim());
      return problem;
    },
  });
}

function rename(program: Program, saved: SavedProfile): void {
  program.open({
    type: "prompt",
    title: `Rename ${saved.name}`,
    help: "The new name. The stack keeps its name: it comes from the service, not from the profile.",
    text: textState(saved.name),
    submit: (name) => {
      if (name.trim() === saved.name) return undefined;
      const problem = keep(program, name.trim(), saved.profile ?? {});
      if (!problem) attempt(program, () => void program.ports.profiles.remove(saved.name));
      showAgain(program, problem ? saved.name : name.trim());
      return problem;
    },
  });
}

function remove(program: Program, saved: SavedProfile): void {
  attempt(program, () =>
    tellDeleted(program, {
      name: saved.name,
      title: `${saved.name} is deleted`,
      lines: ["A stack that it deployed is still there; ecs-wizard delete removes one."],
      putBack: program.ports.profiles.remove(saved.name),
    }),
  );
}

function importFile(program: Program): void {
  program.open({
    type: "prompt",
    title: "Import a profile file",
    help: "The path of a YAML or JSON file. It opens in the form; saving keeps it among the profiles.",
    text: textState(""),
    submit: (path) => {
      program.ports.profiles.readFile(path.trim()).then(
        ({ profile, path: full, broken }) => {
          if (!profile) program.say(`${full} cannot be read: ${broken ?? ""}`, "bad");
          else if (program.ports.form.sections.every(({ key }) => profile[key] === undefined))
            program.say(`${full} is no profile: it has none of the sections target, configuration, containers and so on.`, "bad");
          else openForm(program, { profile, known: true });
        },
        (error: unknown) => sayFailure(program, error),
      );
      return undefined;
    },
  });
}
