/** A step as the checks look at it: the values that can be asked about, each with its place. */
import { type Names, names } from "../names.ts";
import { knownText } from "../rules/text.ts";
import { formatPath, type Issue, type Path } from "../schema.ts";
import type { Step } from "../sections/index.ts";
import type { Placed } from "./check.ts";

/** What is checked: a step, and which of its values are of use. */
export interface Subject {
  readonly step: Step;
  readonly names: Names;
  readonly region: string;
  /** Whether nothing is wrong with the value at a path as it stands. */
  readonly isSound: (path: Path) => boolean;
}

/** A step with the issues that the rules found in it, and the region in use. */
export function subjectOf(step: Step, issues: readonly Issue[] = [], region: string = step.target.region): Subject {
  const unsound = new Set(issues.filter(({ severity }) => severity === "error").map(({ path }) => formatPath(path)));
  return { step, names: names(step), region, isSound: (path) => !unsound.has(formatPath(path)) };
}

/** The text at a place, where it is known and sound: one or none. */
export function textAt(subject: Subject, path: Path, value: unknown): readonly Placed<string>[] {
  const text = knownText(value);
  return text !== undefined && subject.isSound(path) ? [{ path, value: text }] : [];
}

/** The chosen subnets. */
export function subnetsOf(subject: Subject): readonly Placed<string>[] {
  return subject.step.network.subnets.flatMap((id, at) => textAt(subject, ["network", "subnets", at], id));
}

/** The chosen security groups. */
export function groupsOf(subject: Subject): readonly Placed<string>[] {
  return subject.step.network.securityGroups.flatMap((id, at) => textAt(subject, ["network", "securityGroups", at], id));
}

/** Values that are looked at together, at their common place; none where there are none. */
export function together(path: Path, placed: readonly Placed<string>[]): readonly Placed<readonly Placed<string>[]>[] {
  return placed.length > 0 ? [{ path, value: placed }] : [];
}

/** The cluster as the profile names it. */
export function clusterOf(subject: Subject): readonly Placed<string>[] {
  return textAt(subject, ["target", "cluster"], subject.step.target.cluster);
}

/** How many tasks may run at once while a deployment goes on: what the counts say; undefined while they are not known. */
export function tasksAtOnce({ step: { deployment } }: Subject): number | undefined {
  const { desiredCount, maximumPercent } = deployment;
  if (typeof desiredCount !== "number" || typeof maximumPercent !== "number") return undefined;
  return Math.max(desiredCount, Math.floor((desiredCount * maximumPercent) / 100));
}
