/** The tags of the stack: what is known of the deployment, then the user's. */
import { isExpression } from "./rules/text.ts";
import type { Step } from "./sections/index.ts";

/** A tag as CloudFormation takes it. */
export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** The facts about a deployment that become tags, in the order of the tags. */
const factNames = [
  "Octopus.Project.Id",
  "Octopus.Project.Name",
  "Octopus.Environment.Id",
  "Octopus.Environment.Name",
  "Octopus.Deployment.Id",
  "Octopus.Deployment.Name",
  "Octopus.Deployment.Tenant.Id",
  "Octopus.Deployment.Tenant.Name",
  "Octopus.Action.Id",
  "Octopus.Action.Name",
  "Octopus.Step.Id",
  "Octopus.Step.Name",
  "Octopus.Space.Name",
  "Octopus.Release.Channel.Name",
  "Octopus.Machine.Name",
  "Octopus.RunbookRun.Id",
  "Octopus.RunbookRun.Name",
  "Octopus.Runbook.Name",
  "Octopus.RunbookSnapshot.Name",
] as const;

/** The field of the target that says a fact, by the fact's name. */
export const targetFacts: Readonly<Record<string, "project" | "environment" | "tenant" | "space">> = {
  "Octopus.Project.Name": "project",
  "Octopus.Environment.Name": "environment",
  "Octopus.Deployment.Tenant.Name": "tenant",
  "Octopus.Space.Name": "space",
};

/** Whether a tag of this name is made of what is known of a deployment. */
export function isFact(name: string): boolean {
  return (factNames as readonly string[]).includes(name);
}

/** Looks a variable up: a `VariableDictionary`. */
export interface VariableSource {
  get(name: string): string | null | undefined;
}

/** The stack's tags: generated ones for the values that are known, then the user's, which win over generated ones with the same key. */
export function stackTags({ target, tags }: Pick<Step, "target" | "tags">, variables?: VariableSource): Tag[] {
  const fromTarget = (name: string) => {
    const field = targetFacts[name];
    return field && target[field];
  };
  const generated = factNames.flatMap((name) => cleaned(name, fromTarget(name) ?? variables?.get(name) ?? ""));
  const own = userTags({ tags }).flatMap(({ Key, Value }) => cleaned(Key, Value));
  const keys = new Set(own.map(({ Key }) => Key));
  return [...generated.filter(({ Key }) => !keys.has(Key)), ...own];
}

/** The user's tags, which also stand on the task definition and the service. */
export function userTags({ tags }: Pick<Step, "tags">): Tag[] {
  return (tags.additional ?? []).map(({ key, value }) => ({ Key: key, Value: value }));
}

/** A stack tag with what AWS does not accept left out; none when nothing is left of it. */
function cleaned(key: string, value: string): Tag[] {
  if (isExpression(key) || isExpression(value)) return [];
  const clean = (text: string, length: number) =>
    text
      .replace(/[^\p{L}\p{N} +=.:/@_-]/gu, "")
      .trim()
      .slice(0, length);
  const Key = clean(key, 128);
  const Value = clean(value, 256);
  return Key === "" || Value === "" ? [] : [{ Key, Value }];
}
