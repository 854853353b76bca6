import type { PickerItem } from "../engine/discovery.ts";
import { imageTags } from "./sources/image-tags.ts";

const tagsKept = 10;

/** The rows of the newest tags among a repository's rows, the newest first, at most ten. Images without a tag are left out. */
export const newestTagged = (items: readonly PickerItem[]): readonly PickerItem[] =>
  items
    .filter(({ value, detail }) => value !== detail)
    .sort(imageTags.compare)
    .slice(0, tagsKept);
