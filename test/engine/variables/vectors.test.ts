import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { canonical, type Evaluation, parses, VariableDictionary, VariableError } from "../../../src/engine/variables/index.ts";

interface Vector {
  readonly id: string;
  readonly group: string;
  readonly template: string;
  readonly variables: Record<string, string | null>;
  readonly expected: unknown;
  readonly call?: string;
  readonly haltOnError?: boolean;
  readonly default?: string;
  readonly missing?: string[];
  readonly error?: true | string;
  readonly errorKind?: "parse" | "cycle" | "exception" | "required";
  readonly expectedPattern?: string;
  readonly expectedOneOf?: unknown[];
  readonly compare?: "trim" | "contains-all";
  readonly notContains?: string[];
}

const vectors: Vector[] = JSON.parse(readFileSync(new URL("vectors.json", import.meta.url), "utf8"));
const instant = Date.UTC(2026, 10, 23, 12, 34, 56, 789);

type Outcome = Omit<Evaluation, "text" | "error"> & { value: unknown; error?: { kind: string; message: string } };

function evaluated({ text, ...rest }: Evaluation): Outcome {
  return { value: text, ...rest };
}

/** Calls what a vector names; operations other than `evaluate` report missing tokens through an evaluation of the raw value. */
function run(vector: Vector): Outcome {
  const dictionary = new VariableDictionary(vector.variables, { now: () => instant });
  const { template: name, call = "evaluate" } = vector;
  if (call === "evaluate") return evaluated(dictionary.evaluate(name, { haltOnError: vector.haltOnError ?? true }));
  const calls: Record<string, () => unknown> = {
    get: () => dictionary.get(name, vector.default),
    getRaw: () => dictionary.getRaw(name),
    truthy: () => dictionary.truthy(name),
    getFlag: () => dictionary.getFlag(name, vector.default === undefined ? undefined : String(vector.default) === "true"),
    getInt32: () => dictionary.getInt32(name),
    getStrings: () => dictionary.getStrings(name),
    getIndexes: () => dictionary.getIndexes(name),
    require: () => dictionary.require(name),
    parses: () => parses(name),
    canonical: () => canonical(name),
  };
  const missing = call === "get" ? dictionary.evaluate(dictionary.getRaw(name) ?? "").missing : [];
  try {
    return { value: calls[call]?.(), missing };
  } catch (error) {
    if (error instanceof VariableError) return { value: null, missing, error };
    throw error;
  }
}

function compare(vector: Vector, value: unknown): void {
  if (vector.expectedPattern !== undefined) expect(value).toMatch(new RegExp(vector.expectedPattern));
  else if (vector.expectedOneOf) expect(vector.expectedOneOf).toContainEqual(value);
  else if (vector.compare === "trim") expect(String(value).trim()).toBe(String(vector.expected).trim());
  else if (vector.compare === "contains-all") for (const part of vector.expected as string[]) expect(value).toContain(part);
  else expect(value).toEqual(vector.expected);
  for (const part of vector.notContains ?? []) expect(value).not.toContain(part);
}

describe("the vectors of the reference implementation", () => {
  test.each(vectors.filter(({ call }) => call !== "argumentNames").map((vector) => [vector.id, vector] as const))("%s", (_, vector) => {
    const { value, missing, error } = run(vector);
    expect(error?.kind).toBe(vector.errorKind);
    if (typeof vector.error === "string") expect(error?.message).toContain(vector.error);
    compare(vector, value);
    expect(missing).toEqual(vector.missing ?? []);
  });
});
