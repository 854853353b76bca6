import type { PickerItem } from "../../engine/discovery.ts";
import type { Path, SourceId } from "../../engine/schema.ts";
import { textsAt } from "../../engine/wizard/entries.ts";
import { placeAt } from "../../engine/wizard/form.ts";
import { isBound } from "../../engine/wizard/summary.ts";
import type { Program } from "../app/program.ts";
import type { AppState } from "../app/state.ts";
import { noProfile } from "../app/state.ts";
import { askFor, queryKey } from "./queries.ts";

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

/** What no longer fits of a field's answers since region, cluster or VPC changed; undefined while the list is not known in full. */
export function misfitWords(program: Program, state: AppState, path: Path): string | undefined {
  const place = placeAt(program.ports.form, path);
  if (place?.type !== "field" || (place.field.kind !== "pick" && place.field.kind !== "picks") || !complete.has(place.field.source))
    return undefined;
  const asked = askFor(program, state, path);
  const answer = "query" in asked ? state.found.get(queryKey(asked.query)) : undefined;
  if (!("query" in asked) || answer?.status !== "ready") return undefined;
  const names = namesOf(answer.items);
  const gone = textsAt(state.session?.wizard.profile ?? noProfile, path).filter(
    (value) => value !== "" && !isBound(value) && !names.has(value) && !names.has(lastOf(value)),
  );
  if (gone.length === 0) return undefined;
  const where = asked.query.inputs["vpcId"] ?? asked.query.target.region ?? "this account";
  return `${gone.length === 1 ? gone[0] : `${gone.length} of these`} not found in ${where}`;
}

const lastOf = (arn: string) => arn.split("/").at(-1) ?? arn;

const known = new WeakMap<readonly PickerItem[], ReadonlySet<string>>();

function namesOf(items: readonly PickerItem[]): ReadonlySet<string> {
  const names = known.get(items) ?? new Set(items.flatMap((item) => [item.value, item.columns[0] ?? "", lastOf(item.value)]));
  known.set(items, names);
  return names;
}
