import type { PickerItem } from "../../engine/discovery.ts";
import type { Issue, Path } from "../../engine/schema.ts";
import { textsAt } from "../../engine/wizard/entries.ts";
import { placeAt } from "../../engine/wizard/form.ts";
import { issuesUnder } from "../../engine/wizard/selectors.ts";
import { isBound } from "../../engine/wizard/summary.ts";
import type { Program } from "../app/program.ts";
import type { AppState } from "../app/state.ts";
import { noProfile } from "../app/state.ts";
import { checkableFields, listsAll } from "./checkable.ts";
import { askFor, queryKey } from "./queries.ts";

/** Everything that no longer fits, as warnings at their fields: as far as the lists are known. */
export function misfits(program: Program, state: AppState): readonly (Issue & { readonly label: string })[] {
  if (!state.session) return [];
  return checkableFields(program, state.session.wizard.profile).flatMap(({ path, label }) => {
    const words = misfitWords(program, state, path);
    if (words === undefined) return [];
    const hint = "It stays as it is until you change it.";
    return [{ path, label, severity: "warning" as const, rule: "not-found-in-aws", message: `${label}: ${words}.`, hint }];
  });
}

/** What no longer fits of a field's answers since region, cluster or VPC changed; undefined while the list is not known in full. */
export function misfitWords(program: Program, state: AppState, path: Path): string | undefined {
  const place = placeAt(program.ports.form, path);
  if (place?.type !== "field" || (place.field.kind !== "pick" && place.field.kind !== "picks") || !listsAll(place.field.source))
    return undefined;
  const asked = askFor(program, state, path);
  const answer = "query" in asked ? state.found.get(queryKey(asked.query)) : undefined;
  if (!("query" in asked) || answer?.status !== "ready") return undefined;
  // What no list can have is complained of already.
  if (isWrong(program, state, path)) return undefined;
  const names = namesOf(answer.items);
  const gone = textsAt(state.session?.wizard.profile ?? noProfile, path).filter(
    (value) => value !== "" && !isBound(value) && !names.has(value) && !names.has(lastOf(value)),
  );
  if (gone.length === 0) return undefined;
  const where = asked.query.inputs["vpcId"] ?? asked.query.target.region ?? "this account";
  return `${gone.length === 1 ? gone[0] : `${gone.length} of these`} not found in ${where}`;
}

function isWrong({ ports }: Program, { session }: AppState, path: Path): boolean {
  const { issues } = ports.form.evaluate(session?.wizard.profile ?? noProfile);
  return issuesUnder(issues, path).some(({ severity }) => severity === "error");
}

const lastOf = (arn: string) => arn.split("/").at(-1) ?? arn;

const known = new WeakMap<readonly PickerItem[], ReadonlySet<string>>();

function namesOf(items: readonly PickerItem[]): ReadonlySet<string> {
  const names = known.get(items) ?? new Set(items.flatMap((item) => [item.value, item.columns[0] ?? "", lastOf(item.value)]));
  known.set(items, names);
  return names;
}
