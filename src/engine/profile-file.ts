/** Profiles as files: reading YAML and JSON with places for what is wrong, and printing them in the order of the reference. */
import { Document, isCollection, isMap, isScalar, Pair } from "yaml";
import { orderedProfile } from "./profile-file/order.ts";
import { readDocument } from "./profile-file/read.ts";
import type { JsonObject } from "./schema.ts";

/** The two ways to write a profile. */
export type ProfileFormat = "yaml" | "json";

/** The file name under which editors look for the format's JSON Schema, as `ecs-wizard schema > ecs-wizard.schema.json` writes it. */
export const schemaFileName = "ecs-wizard.schema.json";

/** Reads a profile's text. Never throws: a text that is no profile gives issues with line and column, and no profile. */
export const parseProfile = readDocument;

/** Prints a profile: the keys in the order of the reference, unknown ones behind them; YAML begins with the line by which editors find the schema. */
export function printProfile(profile: JsonObject, format: ProfileFormat = "yaml"): string {
  const ordered = orderedProfile(profile);
  if (format === "json") return `${JSON.stringify(ordered, null, 2)}\n`;
  const document = new Document(ordered, { aliasDuplicateObjects: false });
  if (isMap(document.contents)) {
    for (const [at, pair] of document.contents.items.entries()) {
      if (pair instanceof Pair && isScalar(pair.key) && at > 0 && isCollection(pair.value)) pair.key.spaceBefore = true;
    }
  }
  document.commentBefore = ` yaml-language-server: $schema=${schemaFileName}`;
  return document.toString({ lineWidth: 0 });
}
