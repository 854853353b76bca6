import type { PickerItem, SourceState } from "../../engine/discovery.ts";
import { filterItems, type MatchRange } from "../../engine/filter.ts";
import { textsAt } from "../../engine/wizard/entries.ts";
import { placeAt } from "../../engine/wizard/form.ts";
import { textOf } from "../../engine/wizard/summary.ts";
import { getAt } from "../../engine/wizard/tree.ts";
import type { Program } from "../app/program.ts";
import type { AppState, PickerOverlay } from "../app/state.ts";
import { askFor, queryKey, vpcOf } from "../wizard/queries.ts";

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
  readonly titles: readonly string[];
  readonly rows: readonly PickerRow[];
  readonly cursor: number;
  readonly matches: number;
  readonly items: readonly PickerItem[];
  readonly total: number;
  readonly chosen: readonly string[];
  /** The VPC the list is limited to, and why. */
  readonly where?: string;
}

/** The picker's rows for the present answer and filter. */
export function pickerModel(program: Program, state: AppState, overlay: PickerOverlay): PickerModel {
  const profile = state.session?.wizard.profile ?? {};
  const asked = askFor(program, state, overlay.path, overlay.repository);
  const source = "query" in asked ? state.found.get(queryKey(asked.query)) : undefined;
  const items = source && source.status !== "blocked" ? source.items : [];
  const text = overlay.filter.text.trim();
  const chosen = overlay.many ? textsAt(profile, overlay.path) : [textOf(getAt(profile, overlay.path))].filter((value) => value !== "");
  const matches = filterItems(items, text);
  const listed = new Set(items.map((item) => item.value));
  const others = text === "" && overlay.repository === undefined ? chosen.filter((value) => !listed.has(value)) : [];
  const rows: PickerRow[] = [
    ...(overlay.repository !== undefined && text === "" ? [{ type: "open", chosen: chosen[0] === overlay.repository } as const] : []),
    ...others.map((value) => ({ type: "other", value, chosen: true }) as const),
    ...matches.map(
      ({ item, ranges }) => ({ type: "item", item, ranges, chosen: chosen.includes(fullValue(overlay, item.value)) }) as const,
    ),
    ...(text !== "" && !listed.has(text) ? [{ type: "typed", value: text, chosen: chosen.includes(text) } as const] : []),
  ];
  return {
    source,
    ...("blocked" in asked ? { blocked: asked.blocked } : source?.status === "blocked" ? { blocked: source.by } : {}),
    titles: "query" in asked ? program.ports.discovery.columns(asked.query.source) : [],
    rows,
    cursor: Math.max(0, Math.min(overlay.cursor, rows.length - 1)),
    matches: matches.length,
    items,
    total: items.length,
    chosen,
    ...("query" in asked && asked.query.inputs["vpcId"] ? { where: whereText(program, state) } : {}),
  };
}

function whereText(program: Program, state: AppState): string {
  const vpc = vpcOf(program, state, program.ports.form.evaluate(state.session?.wizard.profile ?? {}));
  return vpc ? `${vpc.name || vpc.id}: ${vpc.why}` : "";
}

/** What lands in the profile for an item: for a tag, the repository with it. */
export function fullValue(overlay: PickerOverlay, value: string): string {
  if (overlay.repository === undefined || value.startsWith(overlay.repository)) return value;
  return value.startsWith("sha256:") ? `${overlay.repository}@${value}` : `${overlay.repository}:${value}`;
}

/** Whether a field's picker goes on from the repository to its tags. */
export function hasTags(program: Program, overlay: PickerOverlay): boolean {
  const place = placeAt(program.ports.form, overlay.path);
  return (
    place?.type === "field" && place.field.kind === "pick" && place.field.source === "repositories" && overlay.repository === undefined
  );
}
