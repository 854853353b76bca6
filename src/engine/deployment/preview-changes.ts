/** The changes of a change set, each with what it means and which properties differ. */
import { type ChangeAction, changeMeaning, type Replacement } from "./change-meaning.ts";
import type { ChangeSet, ResourceChange } from "./change-set.ts";
import { maskSecrets } from "./mask.ts";
import { diffProperties, type PropertyChange } from "./property-diff.ts";

/** One resource that would change. */
export interface PreviewChange {
  readonly action: ChangeAction;
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId?: string;
  readonly replacement: Replacement;
  /** What it means for what is running, one sentence. */
  readonly meaning: string;
  readonly properties: readonly PropertyChange[];
  /** The names of the properties whose change replaces the resource; absent where it is not replaced, or nothing tells. */
  readonly replacedBy?: readonly string[];
}

const actions: Readonly<Record<string, ChangeAction>> = {
  Add: "add",
  Modify: "modify",
  Remove: "remove",
  Import: "import",
  Dynamic: "modify",
};
const replacements: Readonly<Record<string, Replacement>> = { True: "always", Conditional: "conditional", False: "never" };

/** The changes of a change set; `compared` are those found by comparing templates, for values that CloudFormation does not give. */
export function changesOf(changeSet: ChangeSet, compared: readonly PreviewChange[]): readonly PreviewChange[] {
  return changeSet.changes.map((change) => {
    const action = actions[change.action] ?? "modify";
    const replacement = replacements[change.replacement ?? ""] ?? "never";
    const { logicalId, type, physicalId } = change;
    const properties = fromContext(change) ?? compared.find((one) => one.logicalId === logicalId)?.properties ?? fromDetails(change);
    const replacedBy = recreating(change);
    return {
      ...{ action, logicalId, type, replacement, properties, meaning: changeMeaning(type, action, replacement) },
      ...(physicalId && { physicalId }),
      ...(replacedBy.length > 0 && { replacedBy }),
    };
  });
}

/** What replaces a running service, said before anything happens. */
export function replacementWarnings(changes: readonly PreviewChange[]): readonly string[] {
  return changes.filter(isServiceReplaced).map(({ logicalId, properties, replacement, replacedBy }) => {
    const cause = replacedBy ?? properties.map((one) => one.path).filter((path) => path === managedTags);
    const why = cause.length > 0 ? ` because of ${cause.join(", ")}` : "";
    return `The service ${logicalId} ${replacement === "conditional" ? "may be" : "is"} replaced${why}: ${changeMeaning("AWS::ECS::Service", "modify", "always")}`;
  });
}

const managedTags = "EnableECSManagedTags";

/** The properties of which the change set says that their change needs a new resource. */
function recreating({ details }: ResourceChange): readonly string[] {
  const names = details
    .filter(({ recreation }) => recreation === "Always" || recreation === "Conditionally")
    .map(({ name, path }) => name ?? path?.replace(/^\/Properties\//, "").split("/")[0]);
  return [...new Set(names.filter((name) => name !== undefined))];
}

function isServiceReplaced(change: PreviewChange): boolean {
  if (change.type !== "AWS::ECS::Service" || change.action !== "modify") return false;
  const toggled = change.properties.some((one) => one.path === managedTags);
  return toggled || change.replacement === "always" || change.replacement === "conditional";
}

/** Undefined when CloudFormation gave no values, or none that differ. */
function fromContext({ before, after }: ResourceChange): readonly PropertyChange[] | undefined {
  if (before === undefined && after === undefined) return undefined;
  const changes = diffProperties(properties(before), properties(after));
  return changes.length > 0 ? changes : undefined;
}

function properties(context: string | undefined): unknown {
  try {
    return context === undefined ? undefined : (JSON.parse(context) as { Properties?: unknown }).Properties;
  } catch {
    return undefined;
  }
}

function fromDetails({ details }: ResourceChange): readonly PropertyChange[] {
  const found = new Map<string, PropertyChange>();
  for (const { attribute, name, path, before, after } of details) {
    const place = path?.replace(/^\/Properties\//, "").replaceAll("/", ".") ?? name ?? attribute;
    const values = maskSecrets({ ...(before !== undefined && { before }), ...(after !== undefined && { after }) }, place) as object;
    if (!found.has(place) || before !== undefined || after !== undefined) found.set(place, { path: place, ...values });
  }
  return [...found.values()];
}
