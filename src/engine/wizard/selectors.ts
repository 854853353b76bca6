import { type Field, formatPath, type Issue, type JsonObject, type ListField, type Path } from "../schema.ts";
import { type Entry, entriesOf } from "./entries.ts";
import { type Evaluation, type Form, isVisible, placeAt } from "./form.ts";
import { sectionIndex } from "./position.ts";
import type { WizardState } from "./state.ts";
import { getAt, isObject, rowsAt, startsWith } from "./tree.ts";

/** The state of a section as the rail marks it. */
export interface SectionState {
  readonly key: string;
  readonly short: string;
  readonly title: string;
  readonly current: boolean;
  readonly errors: number;
  readonly warnings: number;
  /** Something is set in it. */
  readonly filled: boolean;
  /** Rows of a list section. */
  readonly rows?: number;
}

/** The issues that may be shown by now: of what has been left once, or of everything after the review; and what was found of it since. */
export function complaints(form: Form, state: WizardState): Issue[] {
  const { issues } = form.evaluate(state.profile);
  return [...issues.filter((issue) => mayComplain(state, issue)), ...standing(state)];
}

/** What was found of the profile beyond its rules, as long as nothing has changed in the section it stands in. */
export function standing({ found, profile }: Pick<WizardState, "found" | "profile">): readonly Issue[] {
  return found?.issues.filter(({ path: [section = ""] }) => profile[section] === found.profile[section]) ?? [];
}

function mayComplain(state: WizardState, issue: Issue): boolean {
  const path = formatPath(issue.path);
  if (state.visited.has(path)) return true;
  return state.revealed && !(state.fresh !== undefined && path.startsWith(state.fresh));
}

/** The issues at a path or below it. */
export function issuesUnder(issues: readonly Issue[], path: Path): Issue[] {
  return issues.filter((issue) => startsWith(issue.path, path));
}

/** The issues that a line of the form speaks of: its own and those below it; of a fold those of its fields, of the line that adds a row those of the list itself. */
export function issuesOf(issues: readonly Issue[], entry: Entry): Issue[] {
  switch (entry.type) {
    case "fold":
      return entry.keys.flatMap((key) => issuesUnder(issues, [...entry.path, key]));
    case "add":
      return issues.filter(({ path }) => formatPath(path) === formatPath(entry.path));
    case "next":
      return [];
    default:
      return issuesUnder(issues, entry.path);
  }
}

/** The sections as the rail shows them. */
export function sectionStates(form: Form, state: WizardState): SectionState[] {
  const issues = complaints(form, state);
  const current = sectionIndex(form, state);
  return form.sections.map(({ key, short, title, field }, at) => {
    const own = issuesUnder(issues, [key]);
    return {
      key,
      short,
      title,
      current: at === current,
      errors: own.filter(({ severity }) => severity === "error").length,
      warnings: own.filter(({ severity }) => severity === "warning").length,
      filled: state.profile[key] !== undefined,
      ...(field.kind === "list" ? { rows: rowsAt(state.profile, [key]).length } : {}),
    };
  });
}

/** The words of a level from the section down, e.g. `Containers › web › Port mappings`. */
export function breadcrumb(form: Form, state: Pick<WizardState, "profile" | "level">): string[] {
  const { step } = form.evaluate(state.profile);
  return state.level.flatMap((_, at) => nameOf(form, state.profile, step, state.level.slice(0, at + 1)) ?? []);
}

function nameOf(form: Form, profile: JsonObject, step: Evaluation["step"], path: Path): string | undefined {
  if (path.length === 1) return form.sections.find(({ key }) => key === path[0])?.title;
  const place = placeAt(form, path);
  if (place?.type === "field") return place.field.label;
  if (place?.type !== "row") return undefined;
  return rowName(place.list, effectiveOrTyped(step, profile, path)) || `new ${place.list.item}`;
}

/** A row's own name, from its summary up to the first gap; none while its first field, by which rows are known, is empty. */
function rowName(list: ListField, value: unknown): string {
  if (!isObject(value)) return "";
  const first = Object.keys(list.fields)[0];
  if (first !== undefined && (value[first] === undefined || value[first] === "")) return "";
  return list.summary(value).split(/\s{2,}/)[0] ?? "";
}

/** The rows of a list section with their names; none for other sections. */
export function rowNames(form: Form, profile: JsonObject, section: string): { readonly path: Path; readonly name: string }[] {
  const field = form.sections.find(({ key }) => key === section)?.field;
  if (field?.kind !== "list") return [];
  const { step } = form.evaluate(profile);
  return rowsAt(profile, [section]).map((_, index) => {
    const path = [section, index];
    return { path, name: rowName(field, effectiveOrTyped(step, profile, path)) || `new ${field.item}` };
  });
}

/** The effective value at a path, or what was typed there while it has no effect. */
export function effectiveOrTyped(step: Evaluation["step"], profile: JsonObject, path: Path): unknown {
  return getAt(step, path) ?? getAt(profile, path);
}

/** A field that can be searched for and jumped to. */
export interface FoundField {
  readonly path: Path;
  readonly label: string;
  /** Where it stands, e.g. `Containers › web`. */
  readonly where: string;
}

/** Every field that is there for the present answers, row by row. */
export function searchableFields(form: Form, profile: JsonObject): FoundField[] {
  const evaluation = form.evaluate(profile);
  const found: FoundField[] = [];
  const walk = (field: Field, path: Path, where: string) => {
    if (field.kind === "note") return;
    if (path.length > 1) found.push({ path, label: field.label, where });
    const inner = path.length > 1 ? `${where} › ${field.label}` : where;
    if (field.kind === "group") visitFields(field.fields, path, inner);
    if (field.kind === "list" && rowsAt(profile, path).length === 0)
      for (const inside of Object.values(field.fields)) found.push({ path, label: inside.label, where: `${inner} › none yet` });
    if (field.kind === "list")
      rowsAt(profile, path).forEach((_, index) => {
        const name = rowName(field, effectiveOrTyped(evaluation.step, profile, [...path, index])) || `${field.item} ${index + 1}`;
        visitFields(field.fields, [...path, index], `${inner} › ${name}`);
      });
  };
  const visitFields = (fields: Readonly<Record<string, Field>>, path: Path, where: string) => {
    for (const [key, field] of Object.entries(fields)) {
      const at = [...path, key];
      if (isVisible(field, evaluation, at) && !(field.readOnly && getAt(profile, at) === undefined)) walk(field, at, where);
    }
  };
  for (const section of form.sections) {
    found.push({ path: [section.key], label: section.title, where: "Section" });
    walk(section.field, [section.key], section.title);
  }
  return found;
}

/** The paths of every field that could be focused in a section, for tests of completeness and for asking what its pickers list. */
export function picksIn(form: Form, profile: JsonObject, level: Path): Path[] {
  return entriesOf(form, profile, level, new Set()).flatMap((entry) =>
    entry.type === "field" && (entry.field.kind === "pick" || entry.field.kind === "picks") ? [entry.path] : [],
  );
}
