import type { PickerColumn, PickerItem } from "../../engine/discovery.ts";
import { widthOf } from "../ui/spans.ts";

/** What is laid out: the columns and all the items, whatever the filter leaves of them. */
export interface Listed {
  readonly columns: readonly PickerColumn[];
  readonly items: readonly PickerItem[];
}

/** What the layout of a list depends on, whatever the filter: nothing jumps while typing. */
interface Extent {
  /** The widths the columns want, none for those that are empty throughout. */
  readonly wanted: readonly number[];
  /** The columns that only repeat the value, or hold the ids of something else: of no use cut off. */
  readonly ids: readonly boolean[];
  /** Those of them that repeat the value. */
  readonly own: readonly boolean[];
  /** Some items have no name: then the id is their name. */
  readonly nameless: boolean;
  readonly warned: boolean;
  /** The widths there is room for, by the room. */
  readonly fitting: Map<number, readonly number[]>;
}

const extents = new WeakMap<readonly PickerItem[], Extent>();
const itemWidths = new WeakMap<PickerItem, readonly number[]>();

/** The widths of an item's columns; remembered, because pages that come make new lists of the same items. */
function widthsOf(item: PickerItem): readonly number[] {
  const known = itemWidths.get(item);
  if (known) return known;
  const widths = item.columns.map(widthOf);
  itemWidths.set(item, widths);
  return widths;
}

/** Measured over all items, once: a list may be thousands long. */
function extentOf({ items, columns: titled }: Listed): Extent {
  const known = extents.get(items);
  if (known) return known;
  const wanted: number[] = titled.map(({ title }, at) => (items.some(({ columns }) => columns[at]) ? widthOf(title) : 0));
  for (const item of items) {
    const widths = widthsOf(item);
    for (let at = 0; at < widths.length; at++) wanted[at] = Math.max(wanted[at] ?? 0, Math.min(widestColumn, widths[at] ?? 0));
  }
  const isId = (at: number) =>
    items.length > 0 && items.every(({ columns, value }) => columns[at] === value || awsId.test(columns[at] ?? ""));
  const ids = wanted.map((_, at) => at > 0 && isId(at));
  const own = wanted.map((_, at) => at > 0 && items.length > 0 && items.every(({ columns, value }) => columns[at] === value));
  const nameless = items.some(({ columns }) => !columns[0]);
  const extent = { wanted, ids, own, nameless, warned: items.some(({ warning }) => warning), fitting: new Map() };
  extents.set(items, extent);
  return extent;
}

/** An id as AWS makes them, e.g. of a VPC; or none. */
const awsId = /^(?:[a-z]+-[0-9a-f]{8,17})?$/;
const widestColumn = 60;
/** What whole zones and addresses need; longer texts can be read cut off, the one that says most less so. */
const proseWidth = 16;
const bestProseWidth = 24;
/** What a name keeps beside the column that says most. */
const leastOfName = 24;
/** The pointer, the box, and the sign of a warning. */
const beside = 5;
const warningSign = 3;

/** The columns' widths. Where there is no room, long texts are cut, then columns left out by their rank; names, and ids that are shown, stay whole as long as they can. */
export function measure(listed: Listed, inner: number): readonly number[] {
  const extent = extentOf(listed);
  const widths = extent.fitting.get(inner) ?? fitted(listed.columns, extent, inner);
  extent.fitting.set(inner, widths);
  return widths;
}

function fitted(columns: readonly PickerColumn[], { wanted, ids, own, nameless, warned }: Extent, inner: number): readonly number[] {
  const widths = [...wanted];
  const over = () => widths.reduce((sum, width) => sum + (width > 0 ? width + 2 : 0), beside + (warned ? warningSign : 0)) - inner;
  const squeeze = (some: (at: number) => boolean, least: number) => {
    while (over() > 0) {
      const widest = Math.max(0, ...widths.filter((_, at) => some(at)));
      if (widest <= least) return;
      widths[widths.findIndex((width, at) => some(at) && width === widest)] = widest - 1;
    }
  };
  const stays = (at: number) => at === 0 || (nameless && own[at] === true);
  const isProse = (at: number) => at > 0 && ids[at] !== true;
  const leaving = columns
    .map((_, at) => at)
    .filter((at) => !stays(at) && widths[at])
    .toSorted((a, b) => (columns[b]?.rank ?? 0) - (columns[a]?.rank ?? 0));
  const cut = () => {
    squeeze((at) => isProse(at) && columns[at]?.rank !== 2, proseWidth);
    squeeze(isProse, bestProseWidth);
  };
  cut();
  for (const [index, at] of leaving.entries()) {
    if (index === leaving.length - 1) squeeze((one) => one === 0, leastOfName);
    if (over() <= 0) break;
    widths[at] = 0;
    // What was cut before may have room again.
    for (const other of leaving) if (widths[other]) widths[other] = wanted[other] ?? 0;
    cut();
  }
  // After a wide one has gone, a narrow one that went before it may have room.
  for (const at of leaving.toReversed().filter((one) => widths[one] === 0)) {
    widths[at] = wanted[at] ?? 0;
    if (over() > 0) widths[at] = 0;
  }
  squeeze((at) => ids[at] !== true, 12);
  squeeze(() => true, 5);
  return widths;
}
