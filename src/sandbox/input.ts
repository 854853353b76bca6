import type { Input } from "./service.ts";

/** A list of texts as it arrives: a list, nothing, or (an empty list in query protocols) the empty text. */
export const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

/** A list of structures as it arrives. */
export const structures = (value: unknown): Input[] =>
  Array.isArray(value) ? value.filter((each): each is Input => typeof each === "object" && each !== null) : [];

/** A truth value as it arrives: `true` in JSON, `true` as text in query protocols. */
export const flag = (value: unknown): boolean => value === true || value === "true";

/** A whole number as it arrives; undefined when absent, NaN when it is none. */
export const whole = (value: unknown): number | undefined => {
  if (value === undefined || value === null || value === "") return undefined;
  const number = Number(value);
  return Number.isInteger(number) ? number : Number.NaN;
};

/** A text as it arrives; undefined when absent or empty. */
export const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

/** The record of that key, if it is the map's own: keys come from callers, who may send `constructor`. */
export const own = <T>(map: Readonly<Record<string, T>>, key: unknown): T | undefined =>
  typeof key === "string" && Object.hasOwn(map, key) ? map[key] : undefined;
