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

/** Two ordered lists as one, equal items of the first list first. */
function interleave(first: readonly PickerItem[], second: readonly PickerItem[], compare: Compare): readonly PickerItem[] {
  const merged: PickerItem[] = [];
  let at = 0;
  for (const item of second) {
    for (let next = first[at]; next !== undefined && compare(next, item) <= 0; next = first[++at]) merged.push(next);
    merged.push(item);
  }
  for (; at < first.length; at++) merged.push(first[at] as PickerItem);
  return merged;
}

/**
 * A list with a page added: an item replaces the one of the same value. Ordered lists stay ordered; without an order,
 * replaced items keep their place and new ones come last. Costs one walk over the list, however long it is.
 */
export function mergeItems(list: readonly PickerItem[], page: readonly PickerItem[], compare: Compare | undefined): readonly PickerItem[] {
  const fresh = new Map(page.map((item) => [item.value, item]));
  if (compare) {
    const others = list.filter((item) => !fresh.has(item.value));
    return interleave(others, [...fresh.values()].sort(compare), compare);
  }
  const kept = list.map((item) => {
    const replacement = fresh.get(item.value);
    fresh.delete(item.value);
    return replacement ?? item;
  });
  return [...kept, ...fresh.values()];
}
