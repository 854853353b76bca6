import { exception } from "../errors.ts";

const longest = 1000;
const next = (inner: string) => `(?:\\.\\s*(\\d+)\\s*${inner})?`;
const numbers = `(?:(\\d+)\\s*${next(next(next("")))})?`;
const preRelease = "((?<prefix>[A-Za-z0-9]*)(?:[-._\\\\](?<counter>[-A-Za-z0-9._\\\\]*))?)";
const metadata = "(?:\\+(?<metadata>[-A-Za-z0-9_.\\\\+]*))?";
const versionText = new RegExp(`^\\s*[vV]?\\s*${numbers}[-._\\\\]?${preRelease}${metadata}\\s*$`);

/** The parts of a version, each as the text its filter gives. */
export interface Version {
  readonly numbers: readonly [string, string, string, string];
  readonly preRelease: string;
  readonly prefix: string;
  readonly counter: string;
  readonly metadata: string;
}

/** Reads a version like `v1.2.3.4-beta.5+build`. Throws for a blank text, one that is no version, or a number above 2147483647. */
export function parseVersion(text: string): Version {
  const found = text.trim() === "" || text.length > longest ? null : versionText.exec(text);
  if (!found) throw exception("the value is not a version");
  const [, major, minor, patch, revision, preRelease = ""] = found;
  return {
    numbers: [part(major), part(minor), part(patch), part(revision)],
    preRelease,
    prefix: found.groups?.["prefix"] ?? "",
    counter: found.groups?.["counter"] ?? "",
    metadata: found.groups?.["metadata"] ?? "",
  };
}

function part(digits = "0"): string {
  const value = BigInt(digits);
  if (value > 2147483647n) throw exception("a number of the version is larger than 2147483647");
  return value.toString();
}
