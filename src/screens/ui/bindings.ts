import { keySign, type Stroke } from "./keys.ts";

/** What a key does, as data: the footer, the help and the reference of keys derive from it. */
export interface Binding {
  /** Names as {@link Stroke} has them; the first is shown. */
  readonly keys: readonly string[];
  readonly label: string;
  /** The label where there is no room for the whole. */
  readonly short?: string;
  /** What it does by itself, for the help, where the footer's label is about several keys. */
  readonly alone?: string;
  readonly run: () => void;
  /** Why the key does nothing at the moment. */
  readonly disabled?: () => string | undefined;
  /** Known to the help only: the footer is short. */
  readonly quiet?: boolean;
  /** What the footer shows instead of the first key, in Unicode and in ASCII, e.g. `↑↓` and `Up/Down`. */
  readonly sign?: readonly [string, string];
}

/** One level of the keyboard. The first layer that consumes a key ends it. */
export interface Layer {
  readonly name: string;
  readonly bindings: readonly Binding[];
  /** Takes printable text; a layer with it consumes every printable key its bindings do not. */
  readonly text?: (text: string) => void;
  readonly paste?: (text: string) => void;
  /** Keys stop here, except those of the last layer, the program's own. */
  readonly closed?: boolean;
}

/** Feeds keys to layers as they stand when each key comes; printable keys in a row reach a text field as one. */
export function feed(strokes: readonly Stroke[], layers: () => readonly Layer[], refused: (reason: string) => void): void {
  const coming = [...strokes];
  for (let stroke = coming.shift(); stroke; stroke = coming.shift()) {
    const present = layers();
    const found = lookUp(stroke, present);
    if (found.binding) {
      const reason = found.binding.disabled?.();
      if (reason !== undefined) refused(reason);
      else found.binding.run();
    } else if (found.text) {
      let run = stroke.text ?? "";
      while (coming[0]?.text !== undefined && !lookUp(coming[0], present).binding) run += coming.shift()?.text;
      found.text(run);
    } else if (stroke.name.startsWith("alt+")) coming.unshift({ name: "escape" }, withoutAlt(stroke));
  }
}

/** A terminal sends Alt as Esc before the key: an Alt that means nothing here was Esc and a key, typed fast. */
function withoutAlt({ name }: Stroke): Stroke {
  const key = name.slice("alt+".length);
  if (key === "space") return { name: key, text: " " };
  return [...key].length === 1 ? { name: key, text: key } : { name: key };
}

function lookUp(stroke: Stroke, layers: readonly Layer[]): { binding?: Binding; text?: (text: string) => void } {
  for (const layer of reachable(layers)) {
    const binding = layer.bindings.find(({ keys }) => keys.includes(stroke.name));
    if (binding) return { binding };
    if (stroke.text !== undefined && layer.text) return { text: layer.text };
  }
  return {};
}

/** The layers a key passes: down to the first closed one, and the program's own. */
export function reachable(layers: readonly Layer[]): readonly Layer[] {
  const closed = layers.findIndex((layer) => layer.closed);
  if (closed < 0 || closed >= layers.length - 1) return layers;
  return [...layers.slice(0, closed + 1), layers.at(-1) as Layer];
}

/** A key as footer and help show it. */
export interface ActiveKey {
  readonly sign: string;
  /** Every key that does it, e.g. `⌥↑ [`. */
  readonly signs: string;
  readonly label: string;
  readonly short: string;
  /** What it does, as the help says. */
  readonly help: string;
  readonly quiet: boolean;
  /** Why it does nothing at the moment. */
  readonly disabled?: string;
  readonly layer: string;
}

/** The keys that work at the moment, each with the one sign to show; keys a text field swallows are left out. */
export function activeKeys(layers: readonly Layer[], unicode: boolean): ActiveKey[] {
  const taken = new Set<string>();
  let typing = false;
  const active: ActiveKey[] = [];
  for (const layer of reachable(layers)) {
    for (const binding of layer.bindings) {
      const free = binding.keys.filter((key) => !taken.has(key) && !(typing && isPrintable(key)));
      if (free.length === 0) continue;
      const disabled = binding.disabled?.();
      const sign =
        binding.sign && free.length === binding.keys.length ? binding.sign[unicode ? 0 : 1] : keySign(free[0] as string, unicode);
      active.push({
        sign,
        signs: [...new Set(free.map((key) => keySign(key, unicode)))].join(" "),
        label: binding.label,
        short: binding.short ?? binding.label,
        help: binding.alone ?? binding.label,
        quiet: binding.quiet ?? false,
        layer: layer.name,
        ...(disabled === undefined ? {} : { disabled }),
      });
    }
    for (const binding of layer.bindings) for (const key of binding.keys) taken.add(key);
    if (layer.text) typing = true;
  }
  return active;
}

const isPrintable = (key: string) => key === "space" || [...key].length === 1;
