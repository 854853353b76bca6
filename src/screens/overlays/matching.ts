import type { PickerItem } from "../../engine/discovery.ts";

/** The items whose columns hold every word of the filter, whatever the case. */
export function matching(items: readonly PickerItem[], filter: string): readonly PickerItem[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return items;
  return items.filter((item) => {
    const text = `${item.value} ${item.columns.join(" ")}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
