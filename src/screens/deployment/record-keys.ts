import type { Program } from "../app/program.ts";
import { restore, showTemplate } from "../review/go-back.ts";
import { launch } from "../review/launch.ts";
import type { Binding } from "../ui/bindings.ts";
import type { DeploymentView } from "./state.ts";
import { attachDeployment } from "./watch.ts";

/** What can be done with the record of a deployment that has ended: its template, and going on watching where it was left before its end. */
export function recordKeys(program: Program, view: DeploymentView): Binding[] {
  const { watched, progress } = view;
  const { record } = program.ports.history;
  const open = progress.outcome?.status === "notWaited" || progress.outcome?.status === "timedOut";
  return [
    ...(watched.past && open ? [{ keys: ["a"], label: "watch it", run: () => attachDeployment(program, watched.id) }] : []),
    ...(record
      ? [
          {
            keys: ["t"],
            label: "template",
            run: () => showTemplate(program, watched.id, watched.profile),
            disabled: () => (record(watched.id)?.template === undefined ? "The record has no template." : undefined),
          },
        ]
      : []),
  ];
}

/** Back to the version that was deployed: into the form, or deployed once more. */
export function versionKeys(program: Program, { watched }: DeploymentView): Binding[] {
  const { snapshot } = watched;
  const disabled = () => (snapshot ? undefined : "The profile of this deployment is not known.");
  return [
    { keys: ["i"], label: "restore into the form", short: "restore", run: () => restore(program, watched.id), disabled },
    { keys: ["r"], label: "deploy this version", short: "deploy again", run: () => snapshot && launch(program, snapshot), disabled },
  ];
}
