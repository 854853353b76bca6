/** `--set PATH=VALUE`: changing one place of a profile by its path. */
import { UserError } from "./problem.ts";
import { counted, isExpression } from "./rules/text.ts";
import type { Field, Fields, Json, JsonObject, Path } from "./schema.ts";
import { formatPath, parsePath } from "./schema.ts";
import { sections } from "./sections/index.ts";
import { isObject } from "./values/reading.ts";
import { nearest } from "./values/scalar.ts";

const top: Fields = {
  version: { kind: "number", label: "Version", help: "The version of the file format." },
  name: { kind: "text", label: "Name", help: "The profile's own name." },
  ...Object.fromEntries(sections.map(({ key, field }) => [key, field])),
  variables: { kind: "map", label: "Variables", help: "Values for #{Name}." },
};

/** The profile with a new value at a path such as `containers[0].image`; an empty value removes it. Throws a UserError for a path that is none. */
export function setPath(profile: JsonObject, path: string, value: string): JsonObject {
  const [, variable] = /^variables\.([^"].*)$/s.exec(path) ?? [];
  const steps = variable === undefined ? parsePath(path) : ["variables", variable];
  if (!steps)
    throw new UserError(`"${path}" is no path`, { hint: "Write it as checks show it, e.g. containers[0].portMappings[0].containerPort." });
  return changed({ kind: "group", label: "", help: "", fields: top }, profile, steps, [], value) as JsonObject;
}

function changed(field: Field | undefined, given: Json | undefined, rest: Path, done: Path, value: string): Json {
  const [step, ...further] = rest;
  if (step === undefined) return readValue(field, value, done);
  // Names of a map may hold dots: what follows the map's own path is one name.
  if (field?.kind === "map") return changedEntry(given, further.length === 0 ? String(step) : formatPath(rest), value);
  const path = [...done, step];
  if (typeof step === "number") return changedRow(field, given, step, further, path, value);
  const inner = innerField(field, step, path);
  const object = isObject(given) ? given : {};
  const known = Object.hasOwn(object, step) ? object[step] : undefined;
  if (further.length === 0 && value === "") return without(object, step);
  return { ...object, [step]: changed(inner, known, further, path, value) };
}

function changedEntry(given: Json | undefined, name: string, value: string): Json {
  return { ...(isObject(given) ? given : {}), [name]: value };
}

function without(object: JsonObject, key: string): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
}

function innerField(field: Field | undefined, key: string, path: Path): Field | undefined {
  const where = formatPath(path.slice(0, -1));
  if (field?.kind === "list" || field?.kind === "texts" || field?.kind === "picks") {
    throw new UserError(`${where} is a list, so "${key}" must stand behind a row number`, {
      hint: /^\d+$/.test(key) ? `Write ${where}[${key}].` : `Write ${where}[0]${field.kind === "list" ? `.${key}` : ""}.`,
    });
  }
  if (field?.kind !== "group")
    throw new UserError(`${where} has no parts, so there is no "${formatPath(path)}"`, { hint: `Set ${where} itself.` });
  const inner = Object.hasOwn(field.fields, key) ? field.fields[key] : undefined;
  if (inner) return inner;
  const close = formatPath([...path.slice(0, -1), nearest(key, Object.keys(field.fields)) ?? ""]);
  throw new UserError(`there is no "${formatPath(path)}" in a profile`, { hint: `The nearest known path is ${close}.` });
}

function changedRow(field: Field | undefined, given: Json | undefined, at: number, further: Path, path: Path, value: string): Json {
  const where = formatPath(path.slice(0, -1));
  if (field?.kind !== "list" && field?.kind !== "texts" && field?.kind !== "picks") {
    throw new UserError(`${where || "a profile"} is no list, so there is no "${formatPath(path)}"`, { hint: "Leave the row number out." });
  }
  const rows = Array.isArray(given) ? given : [];
  if (at > rows.length) {
    throw new UserError(`there is no "${formatPath(path)}": the list has ${counted(rows.length, "row")}, counted from 0`, {
      hint: `Use ${where}[${rows.length}] to add a row.`,
    });
  }
  if (further.length === 0 && value === "") return rows.filter((_, index) => index !== at);
  const item: Field =
    field.kind === "list" ? { kind: "group", label: "", help: "", fields: field.fields } : { kind: "text", label: "", help: "" };
  const row = changed(item, rows[at], further, path, value);
  return at === rows.length ? [...rows, row] : rows.map((known, index) => (index === at ? row : known));
}

/** The text of the command line as the field takes it: numbers and booleans as such, lists at commas or as JSON, objects as JSON. */
function readValue(field: Field | undefined, value: string, path: Path): Json {
  switch (field?.kind) {
    case "number":
      return /^[+-]?\d+$/.test(value) ? Number(value) : value;
    case "choice":
      return typeof field.options[0]?.value === "number" && /^\d+$/.test(value) ? Number(value) : value;
    case "toggle":
      return /^(true|false)$/i.test(value) ? value.toLowerCase() === "true" : value;
    case "picks":
      if (value.startsWith("[")) return fromJson(value, path);
      return value.includes("#{") ? value : value.split(",").map((item) => item.trim());
    case "texts":
      return value.startsWith("[") ? fromJson(value, path) : field.wrap ? value : [value];
    case "list":
      return fromJson(value, path, `${formatPath(path)}[0].${Object.keys(field.fields)[0]}`);
    case "map":
      return fromJson(value, path, `${formatPath(path)}.NAME`);
    case "group":
      return value === field.absentWord || (field.absentWord !== undefined && isExpression(value))
        ? value
        : fromJson(value, path, `${formatPath(path)}.${Object.keys(field.fields)[0]}`);
    default:
      return value;
  }
}

function fromJson(value: string, path: Path, part = `${formatPath(path)}[0]`): Json {
  try {
    return JSON.parse(value) as Json;
  } catch {
    throw new UserError(`${formatPath(path)} takes more than a text, and "${value}" is not JSON`, {
      hint: `Set its parts one by one, e.g. ${part}=…, or give JSON.`,
    });
  }
}
