import { credentialKeys, identityProblem, sandboxKeys } from "../app/credentials.ts";
import { deletedKeys } from "../app/deleted.ts";
import { leaveTo } from "../app/leave.ts";
import { openNew } from "../app/open-form.ts";
import type { Program } from "../app/program.ts";
import type { AppState } from "../app/state.ts";
import { moveKeys } from "../overlays/move-keys.ts";
import { deployAgain, restore, showTemplate } from "../review/go-back.ts";
import { launch } from "../review/launch.ts";
import type { Layer } from "../ui/bindings.ts";
import { homeItems, openHistory, openProfiles } from "./items.ts";

/** The keys of the home screen. */
export function homeLayer(program: Program, state: AppState): Layer {
  const items = homeItems(program, state);
  const cursor = Math.min(state.homeCursor, items.length - 1);
  const item = items[cursor];
  const { saved, past } = item ?? {};
  return {
    name: "home",
    bindings: [
      { keys: ["return", "right", "space"], label: item?.verb ?? "open", run: () => item?.open() },
      ...(saved?.profile ? [{ keys: ["d"], label: "deploy", run: () => launch(program, saved.profile ?? {}) }] : []),
      ...(past && past.status !== "running"
        ? [
            { keys: ["d"], label: "deploy this version", short: "redeploy", run: () => deployAgain(program, past.id) },
            { keys: ["i"], label: "restore", run: () => restore(program, past.id) },
            { keys: ["t"], label: "template", run: () => showTemplate(program, past.id, past.profile) },
          ]
        : []),
      ...(item?.remove ? [{ keys: ["x", "delete"], label: "delete", run: item.remove }] : []),
      { keys: ["n"], label: "new", run: () => openNew(program) },
      ...sandboxKeys(program, state, items.length === 1),
      { keys: ["p"], label: "profiles", run: () => openProfiles(program) },
      { keys: ["a"], label: "all deployments", short: "deployments", run: () => openHistory(program) },
      ...(state.session
        ? [
            {
              keys: ["escape"],
              label: "back to the form",
              short: "back",
              run: () => program.update((present) => ({ ...present, screen: "wizard" as const })),
            },
          ]
        : []),
      ...deletedKeys(program, state),
      ...moveKeys(items.length, cursor, (homeCursor) => program.update((present) => ({ ...present, homeCursor }))),
      ...credentialKeys(program, identityProblem(state)),
      { keys: ["?", "ctrl+o"], label: "help", run: () => program.open({ type: "help", offset: 0 }) },
      { keys: ["q"], label: "quit", run: () => leaveTo(program) },
    ],
  };
}
