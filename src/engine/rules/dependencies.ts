import type { Issue, Path } from "../schema.ts";
import type { Container, Step } from "../sections/index.ts";
import { error } from "./issues.ts";
import { knownText, listed } from "./text.ts";

/** What containers say of each other and of volumes: names that exist, and an order in which they can start. */
export function* dependencyRules({ containers, volumes = [] }: Step): Generator<Issue> {
  const byName = new Map(containers.flatMap((container) => (knownText(container.name) ? [[container.name, container] as const] : [])));
  const allNamesKnown = byName.size > 0 && containers.every(({ name }) => knownText(name) !== undefined);
  const volumeNames = volumes.map(({ name }) => name);
  const volumesKnown = volumeNames.every((name) => knownText(name) !== undefined);
  for (const [at, container] of containers.entries()) {
    const path = ["containers", at] as const;
    if (volumesKnown) yield* mounts(container, path, volumeNames);
    yield* volumeSources(container, path, byName, allNamesKnown);
    yield* dependencies(container, path, byName, allNamesKnown);
  }
  yield* cycles(containers);
}

type At = readonly ["containers", number];
type ByName = ReadonlyMap<string, Container>;

function choose(names: readonly string[], what: string, elsewhere: string): string {
  return names.length > 0
    ? `Choose ${listed(
        names.map((name) => `"${name}"`),
        "or",
      )}.`
    : `There is no ${what}; ${elsewhere}.`;
}

function* mounts(container: Container, path: At, volumes: readonly string[]): Generator<Issue> {
  for (const [row, mount] of (container.mountPoints ?? []).entries()) {
    const name = knownText(mount.sourceVolume);
    if (name === undefined || volumes.includes(name)) continue;
    yield error(
      [...path, "mountPoints", row, "sourceVolume"],
      "unknown-volume",
      `There is no volume "${name}".`,
      choose(volumes, "volume", "add it under volumes"),
    );
  }
}

function* volumeSources(container: Container, path: At, byName: ByName, allKnown: boolean): Generator<Issue> {
  const others = [...byName.keys()].filter((name) => name !== container.name);
  for (const [row, source] of (container.volumesFrom ?? []).entries()) {
    const name = knownText(source.sourceContainer);
    if (name === undefined || others.includes(name) || (!allKnown && name !== container.name)) continue;
    const message =
      name === container.name
        ? `The container "${name}" cannot take volumes from itself.`
        : `There is no container "${name}" to take volumes from.`;
    yield error(
      [...path, "volumesFrom", row, "sourceContainer"],
      "unknown-volume-container",
      message,
      choose(others, "other container", "remove this"),
    );
  }
}

function* dependencies(container: Container, path: At, byName: ByName, allKnown: boolean): Generator<Issue> {
  for (const [row, dependency] of (container.dependsOn ?? []).entries()) {
    const place = [...path, "dependsOn", row];
    const name = knownText(dependency.containerName);
    if (name === undefined || name === container.name) continue;
    const other = byName.get(name);
    if (!other) {
      const others = [...byName.keys()].filter((known) => known !== container.name);
      if (allKnown)
        yield error(
          [...place, "containerName"],
          "unknown-dependency",
          `There is no container "${name}" to wait for.`,
          choose(others, "other container", "remove this"),
        );
      continue;
    }
    if (dependency.condition === "HEALTHY" && (!other.healthCheck || other.healthCheck.command[0] === "NONE")) {
      yield error(
        [...place, "condition"],
        "dependency-health-check",
        `"${container.name}" waits until "${name}" is healthy, but "${name}" has no health check.`,
        `Give "${name}" a health check, or wait for START.`,
      );
    }
    if ((dependency.condition === "COMPLETE" || dependency.condition === "SUCCESS") && other.essential === true) {
      yield error(
        [...place, "condition"],
        "dependency-essential",
        `"${container.name}" waits until "${name}" has ended, but "${name}" is essential: when it ends, the task does.`,
        `Make "${name}" not essential, or wait for START or HEALTHY.`,
      );
    }
  }
}

/** What makes a container wait for another: a dependency, or mounting its volumes. */
interface Wait {
  readonly path: Path;
  readonly name: string | undefined;
}

function waitsOf({ dependsOn = [], volumesFrom = [] }: Container, at: number): readonly Wait[] {
  const path = ["containers", at];
  return [
    ...dependsOn.map(({ containerName }, row) => ({
      path: [...path, "dependsOn", row, "containerName"],
      name: knownText(containerName),
    })),
    ...volumesFrom.map(({ sourceContainer }, row) => ({
      path: [...path, "volumesFrom", row, "sourceContainer"],
      name: knownText(sourceContainer),
    })),
  ];
}

/** Each circle once, at the dependency that closes it: a depth-first walk, each container entered once. */
function* cycles(containers: readonly Container[]): Generator<Issue> {
  const indexes = new Map(containers.map(({ name }, at) => [name, at]));
  const waits = containers.map(waitsOf);
  const entered = new Set<number>();
  for (const start of containers.keys()) {
    if (entered.has(start)) continue;
    entered.add(start);
    const trail = [{ at: start, next: 0 }];
    for (let here = trail.at(-1); here; here = trail.at(-1)) {
      const wait = waits[here.at]?.[here.next];
      if (!wait) {
        trail.pop();
        continue;
      }
      here.next += 1;
      const other = wait.name === undefined ? undefined : indexes.get(wait.name);
      const from = trail.findIndex(({ at }) => at === other);
      if (from >= 0) {
        const circle = [...trail.slice(from).map(({ at }) => at), other ?? 0].map((at) => containers[at]?.name ?? "");
        if (circle.length > 2 || wait.path.includes("dependsOn")) yield cycle(circle, wait.path);
      } else if (other !== undefined && !entered.has(other)) {
        entered.add(other);
        trail.push({ at: other, next: 0 });
      }
    }
  }
}

function cycle(names: readonly string[], path: Path): Issue {
  const message =
    names.length === 2
      ? `The container "${names[0]}" waits for itself.`
      : `The containers wait for each other in a circle: ${names.join(" → ")}.`;
  const hint = path.includes("dependsOn")
    ? "Remove one of these dependencies."
    : "Mounting another container's volumes means waiting for it: remove this, or one of the dependencies.";
  return error(path, "dependency-cycle", message, hint);
}
