import { isObject, type Json, type JsonObject, sameJson, scalarText } from "../json.ts";
import { KNOWN_AFTER_APPLY } from "../operations/scope.ts";
import { schemaOf } from "../schemas/index.ts";
import type { Desired } from "../state.ts";
import { referencesIn } from "../template/references.ts";
import type { Template } from "../template/types.ts";
import type { PlannedChange } from "./plan.ts";

/** One place inside a property where two values differ. */
interface Difference {
  path: string;
  before: Json | undefined;
  after: Json | undefined;
}

function differences(before: Json | undefined, after: Json | undefined, path: string): Difference[] {
  if (sameJson(before, after)) return [];
  if (Array.isArray(before) && Array.isArray(after)) {
    const length = Math.max(before.length, after.length);
    return Array.from({ length }, (_, index) => differences(before[index], after[index], `${path}/${index}`)).flat();
  }
  if (isObject(before) && isObject(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) => differences(before[key], after[key], `${path}/${key}`));
  }
  return [{ path, before, after }];
}

function text(value: Json): string {
  return isObject(value) || Array.isArray(value) ? JSON.stringify(value) : scalarText(value);
}

function recreation(type: string, property: string): string {
  return schemaOf(type)?.replacedBy.includes(property) ? "Always" : "Never";
}

/** Why a property changes: through a parameter, another resource, or the template itself. */
interface Cause {
  ChangeSource: string;
  CausingEntity?: string;
}

function causes(
  change: PlannedChange,
  property: string,
  template: Template,
  changedParameters: Set<string>,
  changing: Set<string>,
): Cause[] {
  const references = referencesIn(change.declaration?.Properties?.[property]);
  const found: Cause[] = references.flatMap((one): Cause[] => {
    if (one.kind === "ref" && changedParameters.has(one.name)) return [{ ChangeSource: "ParameterReference", CausingEntity: one.name }];
    if (one.kind === "ref" && changing.has(one.name) && one.name in template.resources) {
      return [{ ChangeSource: "ResourceReference", CausingEntity: one.name }];
    }
    if (one.kind === "attribute" && changing.has(one.name)) {
      return [{ ChangeSource: "ResourceAttribute", CausingEntity: `${one.name}.${one.attribute}` }];
    }
    return [];
  });
  return found.length > 0 ? found : [{ ChangeSource: "DirectModification" }];
}

function target(change: PlannedChange, property: string, difference: Difference): JsonObject {
  const { path, before, after } = difference;
  return {
    Attribute: "Properties",
    Name: property,
    RequiresRecreation: recreation(change.type, property),
    Path: path,
    ...(before === undefined ? {} : { BeforeValue: text(before) }),
    ...(after === undefined ? {} : { AfterValue: text(after) }),
    AttributeChangeType: before === undefined ? "Add" : after === undefined ? "Remove" : "Modify",
  };
}

function details(change: PlannedChange, template: Template, parameters: Set<string>, changing: Set<string>): Json[] {
  const ofProperties = change.changed.flatMap((property) =>
    differences(change.before[property], change.after[property], `/Properties/${property}`).flatMap((difference) =>
      causes(change, property, template, parameters, changing).map(
        (cause): Json => ({
          Target: target(change, property, difference),
          Evaluation: difference.after === KNOWN_AFTER_APPLY || cause.ChangeSource.startsWith("Resource") ? "Dynamic" : "Static",
          ...cause,
        }),
      ),
    ),
  );
  const other = (attribute: string): Json => ({
    Target: { Attribute: attribute, RequiresRecreation: "Never" },
    Evaluation: "Static",
    ChangeSource: "DirectModification",
  });
  return [
    ...ofProperties,
    ...(change.tagsChanged ? [other("Tags")] : []),
    ...(change.metadataChanged ? [other("Metadata")] : []),
    ...(change.policiesChanged ? [other("DeletionPolicy")] : []),
  ];
}

function replacement(change: PlannedChange): string {
  if (!change.replacement) return "False";
  const dynamicOnly = change.changed
    .filter((name) => recreation(change.type, name) === "Always")
    .every((name) => JSON.stringify(change.after[name] ?? null).includes(KNOWN_AFTER_APPLY));
  return dynamicOnly && change.current?.type === change.type ? "Conditional" : "True";
}

function policyAction(change: PlannedChange): string | undefined {
  if (change.action === "Remove") return change.current?.deletionPolicy === "Retain" ? "Retain" : "Delete";
  if (!change.replacement) return undefined;
  return change.current?.updateReplacePolicy === "Retain" ? "ReplaceAndRetain" : "ReplaceAndDelete";
}

/** The `Changes` of DescribeChangeSet, every value included; the caller takes values out when they were not asked for. */
export function describeChanges(planned: PlannedChange[], template: Template, before: Desired | undefined, after: Desired): Json[] {
  const parameters = new Set(Object.keys(after.parameters).filter((name) => before?.parameters[name] !== after.parameters[name]));
  const changing = new Set(planned.filter((change) => change.replacement || change.action === "Modify").map((change) => change.logicalId));
  return planned.map((change): Json => {
    const all = change.action === "Modify" ? details(change, template, parameters, changing) : [];
    const scope = [...new Set(all.map((one) => ((one as JsonObject)["Target"] as JsonObject)["Attribute"] as string))];
    const policy = policyAction(change);
    return {
      Type: "Resource",
      ResourceChange: {
        ...(policy === undefined ? {} : { PolicyAction: policy }),
        Action: change.action,
        LogicalResourceId: change.logicalId,
        ...(change.current?.physicalId === undefined ? {} : { PhysicalResourceId: change.current.physicalId }),
        ResourceType: change.type,
        ...(change.action === "Modify" ? { Replacement: replacement(change) } : {}),
        Scope: scope,
        Details: all,
        ...(change.action === "Add" ? {} : { BeforeContext: JSON.stringify({ Properties: change.before }) }),
        ...(change.action === "Remove" ? {} : { AfterContext: JSON.stringify({ Properties: change.after }) }),
      },
    };
  });
}

const VALUE_MEMBERS = ["Path", "BeforeValue", "AfterValue", "AttributeChangeType"];

/** The changes without property values, one detail a property and cause, as DescribeChangeSet answers without IncludePropertyValues. */
export function withoutValues(changes: Json[]): Json[] {
  return changes.map((change) => {
    const { BeforeContext: _before, AfterContext: _after, ...resource } = (change as JsonObject)["ResourceChange"] as JsonObject;
    const plain = (resource["Details"] as JsonObject[]).map((detail) => ({
      ...detail,
      Target: Object.fromEntries(Object.entries(detail["Target"] as JsonObject).filter(([name]) => !VALUE_MEMBERS.includes(name))),
    }));
    const once = plain.filter((one, index) => plain.findIndex((other) => sameJson(other, one)) === index);
    return { ...(change as JsonObject), ResourceChange: { ...resource, Details: once } };
  });
}
