import type { Choice, Field, Path } from "../../engine/schema.ts";
import { scopeAt } from "../../engine/wizard/form.ts";
import type { Program } from "../app/program.ts";
import type { Session } from "../app/state.ts";
import type { Binding } from "../ui/bindings.ts";

/** `?` opens the help until something is being typed; then it is a letter like any other. */
export function helpKey(program: Program): Binding {
  return { keys: ["?", "ctrl+o"], label: "help", run: () => program.open({ type: "help", offset: 0 }) };
}

/** The options of a choice, or the suggested values of a number or text. */
export function suggestionsFor(program: Program, session: Session, field: Field, path: Path): readonly Choice[] {
  if (field.kind === "choice") return field.options;
  if ((field.kind !== "number" && field.kind !== "text") || !field.choices) return [];
  return field.choices(scopeAt(program.ports.form.evaluate(session.wizard.profile), path));
}
