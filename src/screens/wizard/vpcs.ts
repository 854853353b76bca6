import type { PickerItem } from "../../engine/discovery.ts";
import type { Program } from "../app/program.ts";
import type { AppState } from "../app/state.ts";
import { noProfile } from "../app/state.ts";
import { itemsOf, queryKey, vpcQuestion } from "./queries.ts";

/** The VPCs to choose from, as far as they are known. */
export function askForVpcs(program: Program, state: AppState): readonly PickerItem[] {
  const query = vpcQuestion(program, program.ports.form.evaluate(state.session?.wizard.profile ?? noProfile));
  return (query && itemsOf(state.found.get(queryKey(query)))) ?? [];
}
