/** Small pieces from which the template is put together. */
import { isExpression } from "../rules/text.ts";

/** A value of a CloudFormation template. */
export type Template = null | boolean | number | string | readonly Template[] | { readonly [key: string]: Template };

/** An object of a CloudFormation template. */
export type TemplateObject = { readonly [key: string]: Template };

/** A reference to a parameter or resource, in the long form that JSON and YAML share. */
export const ref = (logicalId: string): TemplateObject => ({ Ref: logicalId });

/** An attribute of a resource, in the long form. */
export const attribute = (logicalId: string, name: string): TemplateObject => ({ "Fn::GetAtt": [logicalId, name] });

/** The object without what is not set: undefined and empty lists; undefined when nothing is left. */
export function given(object: Readonly<Record<string, Template | undefined>>): TemplateObject | undefined {
  const entries = Object.entries(object).filter((entry): entry is [string, Template] => {
    const value = entry[1];
    return value !== undefined && !(Array.isArray(value) && value.length === 0);
  });
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

/** The same for an object that is always there. */
export function properties(object: Readonly<Record<string, Template | undefined>>): TemplateObject {
  return given(object) ?? {};
}

/** `ENABLED` or `DISABLED`; a bound toggle decides by its variable or filters, as far as the language can say it. */
export function enabled(value: boolean | string): string {
  if (typeof value === "boolean") return value ? "ENABLED" : "DISABLED";
  const name = /^#\{\s*(?!(?:if|unless|each|calc)\s)([^{}#]+?)\s*\}$/i.exec(value)?.[1];
  return name ? `#{if ${name}}ENABLED#{else}DISABLED#{/if}` : value;
}

/** Whether a choice that decides what the template contains is `wanted`; while it is bound, what was said for that choice alone tells. */
export function chosen(choice: string, wanted: string, saidForIt: unknown): boolean {
  return choice === wanted || (isExpression(choice) && saidForIt !== undefined);
}

/** Rows as a template list: undefined stays undefined. */
export function each<T>(rows: readonly T[] | undefined, map: (row: T) => Template | undefined): Template[] | undefined {
  return rows?.flatMap((row) => map(row) ?? []);
}
