import type { PickerItem } from "../engine/discovery.ts";
import { sanitizeLine } from "../engine/sanitize.ts";

/** An item fit for a terminal: what AWS says may hold anything. */
export function cleanItem(item: PickerItem): PickerItem {
  const { columns, detail, warning } = item;
  return {
    ...item,
    columns: columns.map(sanitizeLine),
    ...(detail === undefined ? {} : { detail: sanitizeLine(detail) }),
    ...(warning === undefined ? {} : { warning: sanitizeLine(warning) }),
  };
}

type Compare = (a: PickerItem, b: PickerItem) => number;

/** Where in an ordered list, from a place on, an item belongs: behind its equals. In leaps, because comparing names is what costs. */
function placeOf(item: PickerItem, list: readonly PickerItem[], from: number, compare: Compare): number {
  const isBefore = (at: number) => compare(list[at] as PickerItem, item) <= 0;
  let low = from;
  let leap = 1;
  for (; low + leap <= list.length && isBefore(low + leap - 1); leap *= 2) low += leap;
  let high = Math.min(low + leap - 1, list.length);
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Two ordered lists as one, equal items of the first list first. */
function interleave(first: readonly PickerItem[], second: readonly PickerItem[], compare: Compare): readonly PickerItem[] {
  const merged: PickerItem[] = [];
  let at = 0;
  for (const item of second) {
    const place = placeOf(item, first, at, compare);
    for (; at < place; at++) merged.push(first[at] as PickerItem);
    merged.push(item);
  }
  for (; at < first.length; at++) merged.push(first[at] as PickerItem);
  return merged;
}

/**
 * A list with a page added: an item replaces the one of the same value. Ordered lists stay ordered; without an order,
 * replaced items keep their place and new ones come last. Costs one walk over the list and few comparisons, however long it is.
 */
export function mergeItems(list: readonly PickerItem[], page: readonly PickerItem[], compare: Compare | undefined): readonly PickerItem[] {
  const fresh = new Map(page.map((item) => [item.value, item]));
  const kept: PickerItem[] = [];
  for (const item of list) {
    const replacement = fresh.get(item.value);
    if (!replacement) kept.push(item);
    else if (!compare || compare(item, replacement) === 0) {
      kept.push(replacement);
      fresh.delete(item.value);
    }
  }
  return compare ? interleave(kept, [...fresh.values()].sort(compare), compare) : [...kept, ...fresh.values()];
}
