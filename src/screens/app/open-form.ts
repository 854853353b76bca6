import type { JsonObject } from "../../engine/schema.ts";
import { parsePath } from "../../engine/schema.ts";
import { reduceWizard } from "../../engine/wizard/reduce.ts";
import { startWizard } from "../../engine/wizard/state.ts";
import { textOf } from "../../engine/wizard/summary.ts";
import { isObject } from "../../engine/wizard/tree.ts";
import type { Draft, SavedProfile } from "../ports.ts";
import type { Program } from "./program.ts";
import type { AppState, Session } from "./state.ts";

/** What a form begins with. */
export interface FormStart {
  readonly profile: JsonObject;
  /** It was saved before: problems are shown at once. */
  readonly known?: boolean;
  readonly saved?: SavedProfile;
  readonly draft?: Draft;
}

/** Opens the form; a form that is open stays as a draft. */
export function openForm(program: Program, { profile, known = false, saved, draft }: FormStart): void {
  const { form, newId } = program.ports;
  const started = startWizard(form, profile, known);
  const place = draft?.place === undefined ? undefined : (parsePath(draft.place) ?? []);
  const wizard = place === undefined ? started : reduceWizard(form, started, { type: "open", level: place });
  const name = saved?.name ?? textOf(profile["name"]);
  const failed = name === "" ? undefined : program.ports.history.lastFailed?.(name);
  const belongs = saved?.profile ? { name: saved.name, revision: saved.revision, profile: saved.profile } : undefined;
  const session: Session = {
    wizard,
    draftId: draft?.id ?? newId(),
    drafted: profile,
    ...(draft ? {} : { began: profile }),
    ...(belongs ? { saved: belongs } : {}),
    ...(failed ? { failed } : {}),
  };
  program.update((state) => {
    const { vpcId: _, ...rest } = state;
    return { ...rest, screen: "wizard", overlays: [], session, reviewOffset: 0, reviewCursor: -1 } satisfies AppState;
  });
}

/** Opens the form on a new deployment: what the command line and the environment say of the target stands in it already. */
export function openNew(program: Program, profile: JsonObject = {}): void {
  const { region, awsProfile } = program.about.target ?? {};
  const given = { ...(awsProfile ? { awsProfile } : {}), ...(region ? { region } : {}) };
  const target = { ...given, ...(isObject(profile["target"]) ? profile["target"] : {}) };
  openForm(program, { profile: Object.keys(target).length > 0 ? { ...profile, target } : profile });
}

/** Opens a draft where it was left. */
export function openDraft(program: Program, draft: Draft): void {
  const current = draft.from && program.ports.profiles.read(draft.from.name);
  const saved = draft.from && current ? { ...current, revision: draft.from.revision } : undefined;
  openForm(program, { profile: draft.profile, known: draft.from !== undefined, draft, ...(saved ? { saved } : {}) });
}

/** Opens a saved profile; a broken one says why instead. */
export function openProfile(program: Program, saved: SavedProfile): void {
  if (!saved.profile) {
    program.open({
      type: "confirm",
      title: `${saved.name} is broken`,
      lines: [`${saved.path} cannot be read: ${saved.broken ?? "it is empty"}`, "", "Mend it in an editor; it is left as it is."],
      answers: [{ keys: ["return", "escape"], label: "ok", run: () => program.close() }],
    });
    return;
  }
  openForm(program, { profile: saved.profile, known: true, saved });
}
