import { formatPath } from "../../engine/schema.ts";
import { misfits } from "../wizard/misfits.ts";
import { targetOf, vpcOf } from "../wizard/queries.ts";
import type { Program } from "./program.ts";
import { noProfile } from "./state.ts";

/** Says which answers no longer fit after region, cluster, account or VPC changed, as soon as the lists tell; until the returned function is called. */
export function followMisfits(program: Program): () => void {
  let place: string | undefined;
  let seen: readonly unknown[] = [];
  const said = new Set<string>();
  const look = () => {
    const state = program.state();
    const profile = state.session?.wizard.profile ?? noProfile;
    const sight = [profile, state.found, state.vpcId];
    if (sight.every((one, at) => one === seen[at])) return;
    seen = sight;
    const evaluation = program.ports.form.evaluate(profile);
    const target = targetOf(evaluation, program.about.target);
    const here = JSON.stringify([state.session?.draftId, target, vpcOf(program, state, evaluation)?.id]);
    if (here !== place) said.clear();
    place = here;
    const gone = misfits(program, state);
    const fresh = gone.some(({ path }) => !said.has(formatPath(path)));
    for (const { path } of gone) said.add(formatPath(path));
    if (!fresh) return;
    const labels = [...new Set(gone.map(({ label }) => label))].join(", ");
    program.say(`Not found in ${target.region ?? "this account"}: ${labels}. Nothing was changed; ^t goes there.`, "warn");
  };
  return program.store.subscribe(look);
}
