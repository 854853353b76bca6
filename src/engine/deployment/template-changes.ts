/** Changes found by comparing the template of a stack with the one to be deployed. */
import { parse as parseYaml } from "yaml";
import type { Cloud } from "../ports.ts";
import { type ChangeAction, changeMeaning } from "./change-meaning.ts";
import type { Stack } from "./facts.ts";
import type { DeploymentPlan, TemplateResources } from "./plan.ts";
import type { PreviewChange } from "./preview-changes.ts";
import { diffProperties } from "./property-diff.ts";
import { dependencyOrder } from "./template-order.ts";

/** What a template holds that matters here. */
interface Template {
  readonly Parameters?: Readonly<Record<string, { readonly Default?: unknown }>>;
  readonly Resources: TemplateResources;
}

/** The resources that differ from those of the stack (all, when there is none), in dependency order, removed ones last. Replacements are unknown. */
export async function templateChanges(
  cloud: Pick<Cloud, "getTemplate">,
  plan: Pick<DeploymentPlan, "template" | "resources" | "parameters">,
  stack: Stack | undefined,
  signal?: AbortSignal,
): Promise<readonly PreviewChange[]> {
  const body = stack ? await cloud.getTemplate(stack.id, signal).catch(() => undefined) : undefined;
  const before = resolvedResources(body ?? "", undefined, stack?.parameters ?? {});
  const after = resolvedResources(plan.template, plan.resources, plan.parameters ?? {});
  const ids = [...dependencyOrder(plan.resources), ...Object.keys(before).filter((id) => !Object.hasOwn(after, id))];
  return ids.flatMap((logicalId) => {
    const [old, now] = [before[logicalId], after[logicalId]];
    const properties = diffProperties(old?.Properties ?? {}, now?.Properties ?? {});
    if (old && now && properties.length === 0) return [];
    const action: ChangeAction = !old ? "add" : !now ? "remove" : "modify";
    const type = (now ?? old)?.Type ?? "";
    const replacement = action === "modify" ? "unknown" : "never";
    return [{ action, logicalId, type, replacement, meaning: changeMeaning(type, action, replacement), properties } as const];
  });
}

/** The resources of a template (or `resources`, when they are at hand) with the values of its parameters filled in; defaults where `parameters` has none. */
export function resolvedResources(
  body: string,
  resources: TemplateResources | undefined,
  parameters: Readonly<Record<string, string>>,
): TemplateResources {
  const template = parse(body);
  return resolved(resources ?? template?.Resources ?? {}, { ...defaults(template), ...parameters });
}

/** The values of parameters in place of the references to them. */
function resolved(resources: TemplateResources, values: Readonly<Record<string, string>>): TemplateResources {
  const resolve = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(resolve);
    if (typeof value !== "object" || value === null) return value;
    const { Ref } = value as { readonly Ref?: unknown };
    if (typeof Ref === "string" && Object.hasOwn(values, Ref)) return values[Ref];
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolve(inner)]));
  };
  return resolve(resources) as TemplateResources;
}

function defaults(template: Template | undefined): Readonly<Record<string, string>> {
  const given = Object.entries(template?.Parameters ?? {}).filter(([, { Default }]) => Default !== undefined);
  return Object.fromEntries(given.map(([name, { Default }]) => [name, String(Default)]));
}

/** JSON or YAML; undefined when it can't be read, which leaves nothing to compare. */
function parse(body: string | undefined): Template | undefined {
  try {
    const value: unknown = parseYaml(body ?? "", { logLevel: "silent" });
    return typeof value === "object" && value !== null && "Resources" in value ? (value as Template) : undefined;
  } catch {
    return undefined;
  }
}
