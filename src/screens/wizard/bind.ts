import type { Field, JsonObject, Path } from "../../engine/schema.ts";
import { textState } from "../../engine/text-editing.ts";
import { isBound, textOf } from "../../engine/wizard/summary.ts";
import { getAt, isObject } from "../../engine/wizard/tree.ts";
import type { Program } from "../app/program.ts";

/** Asks for the variable or expression a field shall take its value from. */
export function openBinding(program: Program, profile: JsonObject, path: Path, field: Field): void {
  const value = getAt(profile, path);
  const variables = isObject(profile["variables"]) ? Object.keys(profile["variables"]) : [];
  // A known one is a key away: chosen by a hasty Enter it would give one field the value of another.
  const own = field.label.replace(/[^A-Za-z0-9]+(.)?/g, (_, next: string | undefined) => next?.toUpperCase() ?? "");
  const text = isBound(value) ? textOf(value) : own;
  program.open({
    type: "prompt",
    title: `Bind “${field.label}” to a variable`,
    help: `The value then comes from the variables of the profile, or from --var at deployment. A name is enough; an expression with #{…} may stand here as well.${
      variables.length > 0 ? ` Known: ${variables.join(", ")} (Tab).` : ""
    }`,
    text: textState(text),
    suggestions: variables,
    submit: (typed) => {
      const name = typed.trim();
      if (name === "") return "Write the name of a variable, or press esc.";
      const expression = name.includes("#{") ? name : `#{${name}}`;
      program.wizard({ type: "set", path, value: expression });
      // Typed here, its value would be written to the profile.
      if (isObject(getAt(profile, ["variables", name]))) {
        program.say(`${name} is sensitive: its value is asked for at each deployment, and kept nowhere.`);
        return undefined;
      }
      const known = variables.includes(name) ? textOf(getAt(profile, ["variables", name])) : undefined;
      if (!name.includes("#{")) askForValue(program, name, known ?? (isBound(value) ? "" : textOf(value)), known);
      return undefined;
    },
  });
}

/** Asks for the value of a variable, new or with another value; it may stay open. */
function askForValue(program: Program, name: string, suggested: string, known: string | undefined): void {
  program.open({
    type: "prompt",
    title: `Value of ${name}`,
    help: "Kept in the profile under “variables”. Leave it empty to be asked at each deployment, or to give it with --var.",
    text: textState(suggested),
    submit: (value) => {
      if (value !== (known ?? "")) program.wizard({ type: "set", path: ["variables", name], value: value === "" ? undefined : value });
      return undefined;
    },
  });
}
