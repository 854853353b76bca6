import type { Binding } from "../ui/bindings.ts";

/** The keys that move a highlight over `count` rows. */
export function moveKeys(count: number, cursor: number, to: (cursor: number) => void): Binding[] {
  const go = (target: number) => to(Math.max(0, Math.min(count - 1, target)));
  return [
    { keys: ["up", "shift+tab"], label: "up", quiet: true, run: () => go(cursor - 1) },
    { keys: ["down", "tab"], label: "down", quiet: true, run: () => go(cursor + 1) },
    { keys: ["pageup"], label: "a page up", quiet: true, run: () => go(cursor - 10) },
    { keys: ["pagedown"], label: "a page down", quiet: true, run: () => go(cursor + 10) },
    { keys: ["home"], label: "first", quiet: true, run: () => go(0) },
    { keys: ["end"], label: "last", quiet: true, run: () => go(count - 1) },
  ];
}
