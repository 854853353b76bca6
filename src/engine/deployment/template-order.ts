/** The order in which CloudFormation can work on the resources of a template. */

import { typicalDuration } from "./durations.ts";
import type { ExpectedResource } from "./events.ts";
import type { TemplateResource, TemplateResources } from "./plan.ts";

/** The logical ids a resource waits for: `DependsOn`, `Ref`, `Fn::GetAtt` and `Fn::Sub`, those of this template only. */
export function dependencies(resource: TemplateResource, resources: TemplateResources): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (id: unknown) => {
    if (typeof id === "string" && Object.hasOwn(resources, id)) found.add(id);
  };
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (key === "Ref") add(inner);
      else if (key === "Fn::GetAtt") add(Array.isArray(inner) ? inner[0] : String(inner).split(".")[0]);
      else if (key === "Fn::Sub") {
        const text = Array.isArray(inner) ? inner[0] : inner;
        for (const [, id] of String(text).matchAll(/\$\{([^!}.]+)/g)) add(id);
        if (Array.isArray(inner)) visit(inner[1]);
      } else visit(inner);
    }
  };
  visit(resource.Properties);
  for (const id of [resource.DependsOn ?? []].flat()) add(id);
  return found;
}

/** The resources of a template, each behind those it depends on; otherwise in the template's order. Cycles are left as written. */
export function dependencyOrder(resources: TemplateResources): readonly string[] {
  const ordered = new Set<string>();
  const entered = new Set<string>();
  const visit = (id: string) => {
    const resource = resources[id];
    if (!resource || entered.has(id)) return;
    entered.add(id);
    for (const dependency of dependencies(resource, resources)) visit(dependency);
    ordered.add(id);
  };
  for (const id of Object.keys(resources)) visit(id);
  return [...ordered];
}

/** What a deployment will touch, in dependency order, with usual durations from the own history, else typical ones. */
export function expectedResources(
  resources: TemplateResources,
  action: "create" | "update" | "delete",
  usual: Readonly<Record<string, number>> = {},
): readonly ExpectedResource[] {
  const ids = dependencyOrder(resources);
  return (action === "delete" ? ids.toReversed() : ids).map((logicalId) => {
    const type = resources[logicalId]?.Type ?? "";
    const duration = usual[logicalId] ?? usual[type] ?? typicalDuration(type, action);
    return duration === undefined ? { logicalId, type } : { logicalId, type, usual: duration };
  });
}
