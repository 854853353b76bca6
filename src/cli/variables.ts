import { readFileSync } from "node:fs";
import { parse as parseDotenv } from "dotenv";
import { UserError } from "../engine/problem.ts";
import { parseProfile } from "../engine/profile-file.ts";
import { type Piece, VariableDictionary } from "../engine/variables/index.ts";
import { whyNot } from "../store/why-not.ts";
import type { ProfileOptions } from "./options.ts";

const prefix = "ECS_WIZARD_VAR_";

/** Splits `NAME=VALUE`; throws a UserError naming the flag and its form when there is no `=`. */
export function nameAndValue(flag: string, text: string, form = "NAME=VALUE"): [name: string, value: string] {
  const at = text.indexOf("=");
  if (at < 1) throw new UserError(`${flag} ${text}: there is no ${form}`, { hint: `Write it as ${flag} ${form}.` });
  return [text.slice(0, at), text.slice(at + 1)];
}

/** The values for `#{Name}`, strongest first: `--var`, `--vars` files, the profile's `variables`, `ECS_WIZARD_VAR_…` of the environment. */
export function variablesOf(
  profile: { readonly variables?: unknown },
  options: Pick<ProfileOptions, "var" | "vars">,
  env: Readonly<Record<string, string | undefined>> = process.env,
): VariableDictionary {
  return dictionary(variableEntries(profile, options, env));
}

/** The same for what is printed or kept: an expression that needs a sensitive variable, with or without a value, stays as it is. */
export function printableVariables(
  profile: { readonly variables?: unknown },
  options: Pick<ProfileOptions, "var" | "vars">,
): Pick<VariableDictionary, "evaluate" | "unset"> {
  const entries = variableEntries(profile, options);
  const real = dictionary(entries);
  const secrets = secretPieces(profile, entries);
  const kept = (text: string) =>
    secrets(text).reduceRight(
      (rest, { at, end }) => rest.slice(0, at) + rest.slice(at, end).replaceAll("#{", "##{") + rest.slice(end),
      text,
    );
  return { evaluate: (text) => real.evaluate(kept(text)), unset: (text) => real.unset(kept(text)) };
}

/** Finds the expressions of a text whose value depends on a sensitive variable: those that another value of it changes. */
function secretPieces(
  profile: { readonly variables?: unknown },
  entries: readonly (readonly [string, string])[],
): (text: string) => Piece[] {
  const names = sensitiveNames(profile);
  if (names.length === 0) return () => [];
  const real = dictionary(entries);
  const others = ["another secret", "than this one"].map((value) =>
    dictionary([...entries, ...names.map((name) => [name, value] as const)]),
  );
  return (text) => {
    const [one = [], two = []] = others.map((other) => other.pieces(text));
    return real.pieces(text).filter((piece, index) => piece.text !== one[index]?.text || one[index]?.text !== two[index]?.text);
  };
}

function dictionary(entries: Iterable<readonly [string, string]>): VariableDictionary {
  return new VariableDictionary(entries, { utcOffset: (milliseconds) => -new Date(milliseconds).getTimezoneOffset() });
}

/** The same as pairs, weakest first, so that later ones win. */
export function variableEntries(
  profile: { readonly variables?: unknown },
  options: Pick<ProfileOptions, "var" | "vars">,
  env: Readonly<Record<string, string | undefined>> = process.env,
): [name: string, value: string][] {
  const fromEnvironment = Object.entries(env).flatMap(([name, value]): [string, string][] =>
    name.startsWith(prefix) && name !== prefix && value !== undefined ? [[name.slice(prefix.length), value]] : [],
  );
  const sensitive = new Set(sensitiveNames(profile));
  return [
    ...fromEnvironment,
    ...flatten(profile.variables).filter(([name]) => !sensitive.has(name)),
    ...(options.vars ?? []).flatMap((file) => flatten(readVariables(file))),
    ...(options.var ?? []).map((text) => nameAndValue("--var", text)),
  ];
}

/** The variables a profile marks `{sensitive: true}`: asked for masked or taken from the environment, never stored. */
export function sensitiveNames(profile: { readonly variables?: unknown }): string[] {
  return Object.entries(profile.variables ?? {}).flatMap(([name, value]) => (typeof value === "object" && value !== null ? [name] : []));
}

/**
 * The texts that must never be shown, logged or saved, longest first: the values of sensitive variables, what expressions of the
 * profile make of them, such as their base64 form, and how JSON and YAML spell all that.
 */
export function secretTexts(profile: { readonly variables?: unknown }, entries: readonly (readonly [string, string])[]): string[] {
  const names = new Set(sensitiveNames(profile).map((name) => name.toLowerCase()));
  const values = entries.flatMap(([name, value]) => (names.has(name.toLowerCase()) && value !== "" ? [value] : []));
  if (values.length === 0) return [];
  const secrets = secretPieces(profile, entries);
  const derived = textsIn(profile).flatMap((text) => secrets(text).map((piece) => piece.text));
  const found = [...values, ...derived].flatMap((text) => (text ? spellings(text) : []));
  return [...new Set(found)].sort((a, b) => b.length - a.length);
}

/** Shorter lines of a long secret say nothing by themselves. */
const shortestLine = 8;

/** A text as it is and as it stands in JSON and YAML, there also spread over lines. */
function spellings(text: string): string[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  return [
    text,
    JSON.stringify(text).slice(1, -1),
    text.replaceAll("'", "''"),
    ...(lines.length > 1 ? lines.filter((line) => line.length >= shortestLine) : []),
  ];
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function readVariables(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new UserError(`--vars ${file} cannot be read: ${whyNot(error)}`, {
      hint: "Give the path of a YAML, JSON or .env file.",
    });
  }
  if (text.split("\n").every((line) => /^\s*(#|$)/.test(line))) return {};
  const [, ending = ""] = /\.(yaml|yml|json)$/i.exec(file) ?? [];
  if (ending === "") return parseDotenv(text);
  // Read as profiles are, so that a version such as 1.10 stays what it is.
  const { profile: values, issues } = parseProfile(text, { format: ending.toLowerCase() === "json" ? "json" : "yaml" });
  if (values) return values;
  const [issue] = issues;
  throw new UserError(`--vars ${file} is broken: ${issue?.rule === "syntax" ? issue.message : "it holds no names with values."}`, {
    hint: "Names with values, as YAML, JSON or NAME=value lines.",
  });
}

/** Names with text values; objects and lists below become the JSON text that the language can look into. */
function flatten(value: unknown): [string, string][] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
  return Object.entries(value).map(([name, item]) => [
    name,
    typeof item === "object" && item !== null ? JSON.stringify(item) : String(item ?? ""),
  ]);
}
