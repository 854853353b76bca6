import type { JsonObject, Path } from "../../engine/schema.ts";
import { textState } from "../../engine/text-editing.ts";
import { textsAt } from "../../engine/wizard/entries.ts";
import type { Program } from "../app/program.ts";

/** Opens the picker of a field; `filter` holds letters typed already. */
export function openPicker(program: Program, profile: JsonObject, path: Path, many: boolean, filter = ""): void {
  program.open({ type: "picker", path, many, filter: textState(filter), cursor: 0, chosen: many ? textsAt(profile, path) : [] });
}
