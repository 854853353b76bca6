import { invalid } from "../invalid.ts";
import { referencesIn } from "./references.ts";
import type { ResourceDeclaration } from "./types.ts";

/** The logical ids each resource waits for. */
export type Dependencies = Record<string, string[]>;

function explicit(resource: ResourceDeclaration): string[] {
  const given = resource.DependsOn ?? [];
  return Array.isArray(given) ? given : [given];
}

/** What every resource depends on, explicitly (`DependsOn`) and by reference, limited to the resources given. */
export function dependenciesOf(resources: Record<string, ResourceDeclaration>): Dependencies {
  const known = new Set(Object.keys(resources));
  return Object.fromEntries(
    Object.entries(resources).map(([id, resource]) => {
      const referred = referencesIn(resource.Properties ?? {}).flatMap((one) =>
        one.kind === "ref" || one.kind === "attribute" ? [one.name] : [],
      );
      const all = new Set([...explicit(resource), ...referred]);
      return [id, [...all].filter((name) => known.has(name))];
    }),
  );
}

/** The resources left when those that wait for nothing left are taken away, again and again. */
function withoutLeaves(dependencies: Dependencies): string[] {
  let left = Object.keys(dependencies);
  for (;;) {
    const present = new Set(left);
    const next = left.filter((id) => (dependencies[id] ?? []).some((other) => present.has(other)));
    if (next.length === left.length) return left;
    left = next;
  }
}

/** The same edges, pointing the other way. */
export function inverted(dependencies: Dependencies): Dependencies {
  const result: Dependencies = Object.fromEntries(Object.keys(dependencies).map((id) => [id, []]));
  for (const [id, others] of Object.entries(dependencies)) for (const other of others) result[other]?.push(id);
  return result;
}

/** Throws CloudFormation's ValidationError when resources depend on each other in a circle. */
export function refuseCircles(dependencies: Dependencies): void {
  const stuck = new Set(withoutLeaves(dependencies));
  if (stuck.size === 0) return;
  const within = Object.fromEntries([...stuck].map((id) => [id, (dependencies[id] ?? []).filter((other) => stuck.has(other))]));
  throw invalid(`Circular dependency between resources: [${withoutLeaves(inverted(within)).join(", ")}]`);
}
