import type { JsonObject, Path } from "../../engine/schema.ts";
import { textState } from "../../engine/text-editing.ts";
import { textOf } from "../../engine/wizard/summary.ts";
import { getAt } from "../../engine/wizard/tree.ts";
import type { Program } from "../app/program.ts";
import { hasTags, repositoryOf } from "../overlays/picker-model.ts";

/** Opens the picker of a field, the highlight on its value; `filter` holds letters typed already. */
export function openPicker(program: Program, profile: JsonObject, path: Path, many: boolean, filter = ""): void {
  const value = many || filter !== "" ? "" : textOf(getAt(profile, path));
  const on = (hasTags(program, path) ? repositoryOf(value) : value) || undefined;
  program.open({ type: "picker", path, many, filter: textState(filter), cursor: 0, on });
}
