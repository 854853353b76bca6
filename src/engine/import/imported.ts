/** What every import has in common. */
import { readDocument } from "../profile-file/read.ts";
import type { Issue, Json, JsonObject } from "../schema.ts";
import { validate } from "../values.ts";
import type { Unplaced } from "./bag.ts";

/** What an import gives. */
export interface Imported {
  readonly profile: JsonObject;
  /** Everything the document said that has no place in a profile. */
  readonly unplaced: readonly Unplaced[];
  /** What could not be read, and what is wrong with the profile. */
  readonly issues: readonly Issue[];
}

/** Finishes an import: the profile is checked as any other. */
export function imported(profile: JsonObject, unplaced: readonly Unplaced[], problems: readonly Issue[] = []): Imported {
  return { profile, unplaced, issues: [...problems, ...validate(profile)] };
}

/** An import of something else than what was asked for. */
export function notImported(message: string, hint: string): Imported {
  return { profile: {}, unplaced: [], issues: [{ path: [], severity: "error", rule: "import-format", message, hint }] };
}

/** Reads a YAML or JSON text for an import, and says in plain words when it is none. */
export function fromText(text: string, what: string, read: (document: JsonObject) => Imported): Imported {
  const { profile: document, issues } = readDocument(text);
  if (document) return read(document);
  const [first] = issues;
  const message = first?.rule === "syntax" ? first.message : `This is not ${what}.`;
  return notImported(message, `Give the file of ${what}, as YAML or JSON.`);
}

/** A name of the outside world as a name that ECS accepts. */
export function asName(value: Json | undefined): string {
  return String(value ?? "")
    .replace(/[^A-Za-z0-9_-]+/g, "-")
    .slice(0, 255);
}
