/** From YAML nodes to plain values, keeping what the writer wrote. */
import { type Document, isAlias, isMap, isScalar, isSeq, type Node, Scalar } from "yaml";
import type { Json, JsonObject } from "../schema.ts";
import { isObject } from "../values/reading.ts";

/** An alias that stands for nothing, or aliases of aliases that would become too large; the message is for the profile's writer. */
export class AliasProblem extends Error {}

const aliasLimit = 100;

/** The value of a document's node. A number written unusually (`1.10`, `007`) stays the text it is. Throws an {@link AliasProblem}. */
export function toJson(document: Document.Parsed): Json {
  let aliases = 0;
  const open = new Set<Node>();

  const value = (node: unknown): Json => {
    if (isAlias(node)) {
      aliases += 1;
      const target = node.resolve(document);
      if (!target)
        throw new AliasProblem(
          `*${node.source} stands for nothing: no &${node.source} comes before it. A text that begins with * needs quotes.`,
        );
      if (aliases > aliasLimit || open.has(target))
        throw new AliasProblem("The text repeats itself through aliases (*name) too often, or without end.");
      return value(target);
    }
    if (isScalar(node)) return scalar(node.value, node.source);
    if (isMap(node)) {
      open.add(node);
      const entries = node.items.map((pair) => ({ key: keyText(pair.key), merges: isMergeKey(pair.key), value: value(pair.value) }));
      open.delete(node);
      return merged(entries);
    }
    if (isSeq(node)) {
      open.add(node);
      const list = node.items.map(value);
      open.delete(node);
      return list;
    }
    return null;
  };

  return value(document.contents);
}

interface Entry {
  readonly key: string;
  readonly merges: boolean;
  readonly value: Json;
}

/** An object of entries, with what `<<: *name` adds where the object does not say it itself; of several, the first counts. */
function merged(entries: readonly Entry[]): JsonObject {
  const added = entries.filter(({ merges, value }) => merges && [value].flat().every(isObject));
  const own = entries.filter((entry) => !added.includes(entry));
  const sources = added.flatMap(({ value }) => [value].flat().filter(isObject));
  const all = [...sources.reverse().flatMap((source) => Object.entries(source)), ...own.map(({ key, value }) => [key, value] as const)];
  return Object.fromEntries(all);
}

const isMergeKey = (key: unknown): boolean => isScalar(key) && key.type === Scalar.PLAIN && key.value === "<<";

function scalar(value: unknown, source: string | undefined): Json {
  if (typeof value === "number") return source === undefined || source === String(value) ? value : source;
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  return source ?? String(value);
}

/** A key as a text; keys that are no scalars have none in a profile. */
export function keyText(key: unknown): string {
  return isScalar(key) ? (key.source ?? String(key.value)) : String(key);
}
