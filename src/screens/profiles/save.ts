import type { JsonObject } from "../../engine/schema.ts";
import { textState } from "../../engine/text-editing.ts";
import { textOf } from "../../engine/wizard/summary.ts";
import { isObject } from "../../engine/wizard/tree.ts";
import { attempt } from "../app/attempt.ts";
import { openProfile } from "../app/open-form.ts";
import type { Program } from "../app/program.ts";
import type { SavedProfile } from "../ports.ts";
import { compareProfiles } from "./compare.ts";

/** The name a profile goes by: its own, or that of its service. */
export function profileName(profile: JsonObject): string {
  const configuration = isObject(profile["configuration"]) ? profile["configuration"] : {};
  return textOf(profile["name"]) || textOf(configuration["name"]);
}

/** Saves the open form under its name; a new one is asked for a name first. */
export function saveProfile(program: Program): void {
  const { session } = program.state();
  if (!session) return;
  if (session.saved) {
    saveAs(program, session.saved.name, session.saved.revision);
    return;
  }
  askName(program, profileName(session.wizard.profile));
}

/** Asks for a name and saves under it. */
export function askName(program: Program, name: string): void {
  program.open({
    type: "prompt",
    title: "Save as profile",
    help: "The name under which the profile is found again: letters, digits and hyphens are the handiest. Its secrets are saved only as references or expressions.",
    text: textState(name),
    submit: (typed) => {
      const chosen = typed.trim();
      if (chosen === "") return "Write a name, or press esc.";
      saveAs(program, chosen, null);
      return undefined;
    },
  });
}

function saveAs(program: Program, name: string, expected: string | null | undefined): void {
  const { session } = program.state();
  if (!session) return;
  const profile: JsonObject = { version: 1, ...session.wizard.profile, name };
  attempt(program, () => {
    const result = program.ports.profiles.save(name, profile, expected);
    if (result.status === "conflict") {
      conflict(program, name, profile, result.current);
      return;
    }
    if (JSON.stringify(profile) !== JSON.stringify(session.wizard.profile)) program.wizard({ type: "replace", profile });
    program.ports.drafts.remove(session.draftId);
    program.setSession((present) => ({
      ...present,
      saved: { name, revision: result.saved.revision, profile: present.wizard.profile },
      drafted: present.wizard.profile,
    }));
    program.update((state) => ({ ...state, reading: state.reading + 1 }));
    program.say(`Saved as ${name}. Deploy it again with  ecs-wizard deploy ${name}`, "good");
  });
}

/** The lines of a question are not scrolled: as many differences as fit are shown, the rest is counted. */
function comparison(theirs: JsonObject, mine: JsonObject): string[] {
  const shown = 10;
  const all = compareProfiles(theirs, mine);
  if (all.length === 0) return ["Both are the same."];
  return ["What yours would change in it:", ...all.slice(0, shown), ...(all.length > shown ? [`and ${all.length - shown} more`] : [])];
}

function conflict(program: Program, name: string, mine: JsonObject, current: SavedProfile): void {
  const overwrite = () => {
    program.close();
    saveAs(program, name, current.revision);
  };
  const other = () => {
    program.close();
    askName(program, `${name}-2`);
  };
  program.open({
    type: "confirm",
    title: `There is another ${name}`,
    lines: [
      current.broken
        ? `Its file is broken: ${current.broken}`
        : "It was saved by somebody else since you opened it, or is another profile of that name.",
      "",
      ...(current.profile ? comparison(current.profile, mine) : []),
    ],
    answers: [
      ...(current.profile ? [{ keys: ["t"], label: "open theirs", run: () => openProfile(program, current) }] : []),
      ...(current.broken ? [] : [{ keys: ["o"], label: "overwrite it", run: overwrite }]),
      { keys: ["n"], label: "save under another name", run: other },
    ],
  });
}
