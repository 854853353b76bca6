import type { PickerItem } from "../../engine/discovery.ts";
import { widthOf } from "../ui/spans.ts";
import type { PickerModel } from "./picker-model.ts";

/** What the layout of a list depends on, whatever the filter: nothing jumps while typing. */
interface Extent {
  /** The widths the columns want, none for those that are empty throughout. */
  readonly wanted: readonly number[];
  /** The columns that only repeat the value. */
  readonly ids: readonly boolean[];
  readonly warned: boolean;
  /** The widths there is room for, by the room. */
  readonly fitting: Map<number, readonly number[]>;
}

const extents = new WeakMap<readonly PickerItem[], Extent>();

/** Measured over all items, once: a list may be thousands long. */
function extentOf({ items, titles }: PickerModel): Extent {
  const known = extents.get(items);
  if (known) return known;
  const wanted: number[] = titles.map((title, at) => (items.some(({ columns }) => columns[at]) ? widthOf(title) : 0));
  for (const { columns } of items)
    for (const [at, column] of columns.entries()) wanted[at] = Math.max(wanted[at] ?? 0, Math.min(60, widthOf(column)));
  const ids = wanted.map((_, at) => at > 0 && items.length > 0 && items.every((item) => item.columns[at] === item.value));
  const extent = { wanted, ids, warned: items.some(({ warning }) => warning), fitting: new Map() };
  extents.set(items, extent);
  return extent;
}

/** Columns that say least, the first to be left out. */
const dispensable: readonly string[] = ["Address", "VPC", "Addresses", "Capacity", "Path", "Tags", "CIDR", "Description"];
/** What whole ids, zones and addresses need; longer texts can be read cut off. */
const proseWidth = 16;
const longestId = 30;

/** The columns' widths. Where there is no room, long texts are cut, then the columns that say least are left out; names and ids stay whole as long as they can. */
export function measure(model: PickerModel, inner: number): readonly number[] {
  const extent = extentOf(model);
  const widths = extent.fitting.get(inner) ?? fitted(model.titles, extent, inner);
  extent.fitting.set(inner, widths);
  return widths;
}

function fitted(titles: readonly string[], { wanted, ids, warned }: Extent, inner: number): readonly number[] {
  const widths = [...wanted];
  const over = () => widths.reduce((sum, width) => sum + (width > 0 ? width + 2 : 0), warned ? 8 : 5) - inner;
  const squeeze = (some: (at: number) => boolean, least: number) => {
    while (over() > 0) {
      const widest = Math.max(0, ...widths.filter((_, at) => some(at)));
      if (widest <= least) return;
      widths[widths.findIndex((width, at) => some(at) && width === widest)] = widest - 1;
    }
  };
  const isId = (at: number) => ids[at] === true && (wanted[at] ?? 0) <= longestId;
  const rest = titles.map((_, at) => at).filter((at) => at > 0 && !isId(at));
  const order = [
    ...dispensable.map((title) => titles.indexOf(title)).filter((at) => rest.includes(at)),
    ...rest.toReversed().filter((at) => !dispensable.includes(titles[at] ?? "")),
  ];
  squeeze((at) => rest.includes(at), proseWidth);
  for (const at of order) {
    if (over() <= 0) break;
    widths[at] = 0;
    // What was cut before may have room again.
    for (const other of rest) if (widths[other]) widths[other] = wanted[other] ?? 0;
    squeeze((other) => rest.includes(other), proseWidth);
  }
  squeeze((at) => !isId(at), 12);
  squeeze(() => true, 5);
  return widths;
}
