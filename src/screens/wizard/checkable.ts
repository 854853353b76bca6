import type { JsonObject, Path, SourceId } from "../../engine/schema.ts";
import { textsAt } from "../../engine/wizard/entries.ts";
import { placeAt } from "../../engine/wizard/form.ts";
import { searchableFields } from "../../engine/wizard/selectors.ts";
import { isBound } from "../../engine/wizard/summary.ts";
import type { Program } from "../app/program.ts";

/** Sources that list everything there is, so that a value they lack fits no longer. */
const complete: ReadonlySet<SourceId> = new Set<SourceId>([
  "regions",
  "clusters",
  "subnets",
  "securityGroups",
  "targetGroups",
  "ecsRoles",
  "fileSystems",
  "accessPoints",
]);

/** Whether a source lists everything there is. */
export const listsAll = (source: SourceId): boolean => complete.has(source);

/** A field whose answers can be looked for in AWS's lists. */
interface Checkable {
  readonly path: Path;
  readonly label: string;
}

const checkable = new WeakMap<JsonObject, readonly Checkable[]>();

/** The fields with answers that a complete list would have; worked out once for each profile. */
export function checkableFields({ ports: { form } }: Program, profile: JsonObject): readonly Checkable[] {
  const known = checkable.get(profile);
  if (known) return known;
  const fields = searchableFields(form, profile).filter(({ path }) => {
    const place = placeAt(form, path);
    const picks = place?.type === "field" && (place.field.kind === "pick" || place.field.kind === "picks");
    return picks && listsAll(place.field.source) && textsAt(profile, path).some((value) => value !== "" && !isBound(value));
  });
  checkable.set(profile, fields);
  return fields;
}
