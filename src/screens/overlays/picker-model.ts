import { parseImageName } from "../../engine/diagnosis/image-name.ts";
import type { PickerColumn, PickerItem, SourceQuery, SourceState } from "../../engine/discovery.ts";
import { filterItems, type MatchRange } from "../../engine/filter.ts";
import type { Path } from "../../engine/schema.ts";
import { textsAt } from "../../engine/wizard/entries.ts";
import { placeAt } from "../../engine/wizard/form.ts";
import { textOf } from "../../engine/wizard/summary.ts";
import { getAt } from "../../engine/wizard/tree.ts";
import type { Program } from "../app/program.ts";
import type { AppState, PickerOverlay } from "../app/state.ts";
import { noProfile } from "../app/state.ts";
import { askFor, itemsOf, queryKey, vpcOf } from "../wizard/queries.ts";
import { emptyWords } from "./empty-words.ts";

/** A row of a picker: an item of AWS, the text as typed, or a value chosen that is not in the list. */
export type PickerRow =
  | { readonly type: "item"; readonly item: PickerItem; readonly chosen: boolean; readonly ranges: readonly MatchRange[] }
  | { readonly type: "typed"; readonly value: string; readonly chosen: boolean }
  | { readonly type: "other"; readonly value: string; readonly chosen: boolean }
  | { readonly type: "open"; readonly chosen: boolean };

/** A picker as it stands: what it shows and where the highlight is. */
export interface PickerModel {
  readonly source: SourceState | undefined;
  readonly blocked?: string;
  readonly columns: readonly PickerColumn[];
  /** How many rows there are; made one by one, because only few of thousands are seen. */
  readonly count: number;
  readonly rowAt: (index: number) => PickerRow | undefined;
  readonly cursor: number;
  readonly matches: number;
  readonly items: readonly PickerItem[];
  readonly total: number;
  readonly chosen: readonly string[];
  /** The VPC the list is limited to, and why; the repository whose tags it has. */
  readonly where?: string;
  /** What it means when there are no items. */
  readonly empty: string;
}

const made = new WeakMap<PickerOverlay, { readonly state: AppState; readonly model: PickerModel }>();

/** The picker's rows for the present answer and filter; remembered, because keys, footer and panel all ask for them. */
export function pickerModel(program: Program, state: AppState, overlay: PickerOverlay): PickerModel {
  const known = made.get(overlay);
  const same = known && known.state.found === state.found && known.state.session === state.session && known.state.vpcId === state.vpcId;
  if (same) return known.model;
  const model = makeModel(program, state, overlay);
  made.set(overlay, { state, model });
  return model;
}

function makeModel(program: Program, state: AppState, overlay: PickerOverlay): PickerModel {
  const profile = state.session?.wizard.profile ?? noProfile;
  const asked = askFor(program, state, overlay.path, overlay.repository);
  const source = "query" in asked ? state.found.get(queryKey(asked.query)) : undefined;
  const items = "query" in asked ? itemsFor(state, asked.query) : [];
  const text = overlay.filter.text.trim();
  const chosen = overlay.many ? textsAt(profile, overlay.path) : [textOf(getAt(profile, overlay.path))].filter((value) => value !== "");
  const matches = filterItems(items, text);
  const listed = valuesOf(items);
  const taken = overlay.repository === undefined && hasTags(program, overlay.path) ? chosen.map(repositoryOf) : chosen;
  const others = text === "" && overlay.repository === undefined ? chosen.filter((_, at) => !listed.has(taken[at] ?? "")) : [];
  const first: PickerRow[] = [
    ...(overlay.repository !== undefined && text === "" ? [{ type: "open", chosen: chosen[0] === overlay.repository } as const] : []),
    ...others.map((value) => ({ type: "other", value, chosen: true }) as const),
  ];
  const last: PickerRow[] = text !== "" && !listed.has(text) ? [{ type: "typed", value: text, chosen: chosen.includes(text) }] : [];
  const count = first.length + matches.length + last.length;
  const rowAt = (at: number): PickerRow | undefined => {
    const match = at < first.length ? undefined : matches.at(at - first.length);
    if (!match) return first[at] ?? last[at - first.length - matches.length];
    return { type: "item", item: match.item, ranges: match.ranges, chosen: chosen.includes(fullValue(overlay, match.item.value)) };
  };
  return {
    source,
    ...("blocked" in asked ? { blocked: asked.blocked } : source?.status === "blocked" ? { blocked: source.by } : {}),
    columns: "query" in asked ? program.ports.discovery.columns(asked.query.source) : [],
    count,
    rowAt,
    cursor: Math.max(0, Math.min(highlighted(overlay, rowAt, count), count - 1)),
    matches: matches.length,
    items,
    total: items.length,
    chosen,
    empty: "query" in asked ? emptyWords(asked.query) : "",
    ...("query" in asked && asked.query.inputs["vpcId"] ? { where: whereText(program, state) } : {}),
    ...(overlay.repository === undefined ? {} : { where: parseImageName(overlay.repository)?.repository ?? overlay.repository }),
  };
}

/** The value by which a row is found again among others. */
export function nameOf(row: PickerRow | undefined): string | undefined {
  return row?.type === "item" ? row.item.value : row?.type === "other" ? row.value : undefined;
}

/** Where the highlight is: on the value it was moved to, wherever that stands now. */
function highlighted({ cursor, on }: PickerOverlay, rowAt: PickerModel["rowAt"], count: number): number {
  if (on === undefined || nameOf(rowAt(cursor)) === on) return cursor;
  for (let at = 0; at < count; at++) if (nameOf(rowAt(at)) === on) return at;
  return cursor;
}

/**
 * The items of an answer. While one for a VPC is still to come, those of the list for all VPCs that was shown before: rows must
 * not vanish under a person's keys when the cluster's VPC becomes known.
 */
function itemsFor(state: AppState, query: SourceQuery): readonly PickerItem[] {
  const answer = state.found.get(queryKey(query));
  const items = itemsOf(answer) ?? [];
  const { vpcId, ...inputs } = query.inputs;
  if (vpcId === undefined || items.length > 0 || (answer && answer.status !== "loading")) return items;
  const wider = itemsOf(state.found.get(queryKey({ ...query, inputs }))) ?? [];
  return wider.filter((item) => item.facts?.["vpcId"] === vpcId);
}

function whereText(program: Program, state: AppState): string {
  const vpc = vpcOf(program, state, program.ports.form.evaluate(state.session?.wizard.profile ?? noProfile));
  return vpc ? `${vpc.name || vpc.id}: ${vpc.why}` : "";
}

/** The repository of an image, as ECR lists it; a text that is no image is its own. */
export function repositoryOf(image: string): string {
  const name = parseImageName(image);
  return name ? `${name.registry === undefined ? "" : `${name.registry}/`}${name.repository}` : image;
}

/** What lands in the profile for an item: for a tag, the repository with it. */
export function fullValue(overlay: PickerOverlay, value: string): string {
  if (overlay.repository === undefined || value.startsWith(overlay.repository)) return value;
  return value.startsWith("sha256:") ? `${overlay.repository}@${value}` : `${overlay.repository}:${value}`;
}

/** Whether a field's picker goes on from the repository to its tags. */
export function hasTags(program: Program, path: Path): boolean {
  const place = placeAt(program.ports.form, path);
  return place?.type === "field" && place.field.kind === "pick" && place.field.source === "repositories";
}

const values = new WeakMap<readonly PickerItem[], ReadonlySet<string>>();

function valuesOf(items: readonly PickerItem[]): ReadonlySet<string> {
  const known = values.get(items) ?? new Set(items.map((item) => item.value));
  values.set(items, known);
  return known;
}
