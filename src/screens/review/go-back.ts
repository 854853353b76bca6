/** Back to a version that was deployed: deployed again, restored into the form, or exported. */
import type { JsonObject } from "../../engine/schema.ts";
import { textOf } from "../../engine/wizard/summary.ts";
import { openForm } from "../app/open-form.ts";
import type { Program } from "../app/program.ts";
import type { KeptDeployment } from "../ports.ts";
import { launch } from "./launch.ts";
import { yamlLines } from "./yaml-lines.ts";

function kept(program: Program, id: string): KeptDeployment {
  return program.ports.history.record?.(id) ?? {};
}

function keptProfile(program: Program, id: string): JsonObject | undefined {
  const { profile } = kept(program, id);
  if (!profile) program.say("The record of this deployment has no profile.", "warn");
  return profile;
}

/** Deploys what a record holds, images and values as they were; its changes are shown first. */
export function deployAgain(program: Program, id: string): void {
  const profile = keptProfile(program, id);
  if (profile) launch(program, profile);
}

/** Opens the form on a profile as it was deployed; nothing is saved by that. */
export function restore(program: Program, id: string): void {
  const profile = keptProfile(program, id);
  if (!profile) return;
  const name = textOf(profile["name"]);
  const saved = name === "" ? undefined : program.ports.profiles.read(name);
  openForm(program, { profile, known: true, ...(saved?.profile ? { saved } : {}) });
  program.wizard({ type: "jump", path: [] });
  program.say("The profile as it was deployed. Nothing is saved until you save it.", "good");
}

/** Shows the template of a record: to read, to copy, to write to a file. */
export function showTemplate(program: Program, id: string, name: string): void {
  const { template } = kept(program, id);
  if (template === undefined) program.say("The record of this deployment has no template.", "warn");
  else openTemplate(program, template, name);
}

/** Shows a CloudFormation template with colours: to read, to copy, to write to a file. */
export function openTemplate(program: Program, text: string, name: string): void {
  const copy = { text, file: `${fileName(name)}.template.yaml` };
  program.open({ type: "viewer", title: "CloudFormation template", lines: yamlLines(text), offset: 0, copy });
}

/** Shows a profile file with colours: to read, to copy, to write to a file. */
export function openProfileFile(program: Program, profile: JsonObject, name: string): void {
  const text = program.ports.profiles.print(profile, "yaml");
  program.open({
    type: "viewer",
    title: "Profile file",
    lines: yamlLines(text),
    offset: 0,
    copy: { text, file: `${fileName(name)}.yaml` },
  });
}

/** A name as it can be that of a file in the folder one is in. */
const fileName = (name: string) => name.replace(/[^\p{L}\p{N}._-]+/gu, "-").replace(/^[.-]+/, "") || "service";
