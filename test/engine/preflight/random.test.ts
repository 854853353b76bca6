/** The checks on any profile, finished or not, in any account. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { form } from "../../../src/cli/interactive/form.ts";
import type { Account } from "../../../src/engine/preflight/account.ts";
import { issuesOf } from "../../../src/engine/preflight/report.ts";
import { runChecks } from "../../../src/engine/preflight/run.ts";
import { subjectOf } from "../../../src/engine/preflight/subject.ts";
import { ProblemError } from "../../../src/engine/problem.ts";
import type { Json, JsonObject } from "../../../src/engine/schema.ts";
import { formatPath } from "../../../src/engine/schema.ts";
import { effective, validate } from "../../../src/engine/values.ts";
import { placeAt } from "../../../src/engine/wizard/form.ts";
import { validProfile } from "../../support/profile-arbitrary.ts";
import { account } from "./healthy-account.ts";

const well = account();
const questions = Object.keys(well) as (keyof Account)[];

/** The answers of an account that has nothing. */
const nothing: Partial<Record<keyof Account, unknown>> = {
  id: "999999999999",
  image: { found: "nothing" },
  vpcDns: { support: false, hostnames: false },
  routes: new Map(),
  endpoints: new Map(),
  may: ["denied", "denied"],
  ...Object.fromEntries(["hasRepository", "pullsThrough", "secretHasPolicy", "hasParameter", "hasLogGroup"].map((name) => [name, false])),
  ...Object.fromEntries(
    [
      "architectures",
      "clusterNames",
      "newestTags",
      "repositoryNames",
      "subnets",
      "securityGroups",
      "loadBalancers",
      "mountTargets",
      "mountTargetGroups",
      "stackResources",
    ].map((name) => [name, []]),
  ),
};

/** Accounts in which some things are well, some are missing, and some may not be seen. */
const anyAccount: fc.Arbitrary<Account> = fc
  .record(Object.fromEntries(questions.map((name) => [name, fc.constantFrom("well", "nothing", "denied")])))
  .map((modes) => {
    const answers = questions.map((name) => {
      if (modes[name] === "nothing") return [name, async () => nothing[name]];
      const problem = { kind: "denied", action: `aws:${name}`, message: "denied", hint: "" } as const;
      return [name, modes[name] === "well" ? well[name] : () => Promise.reject(new ProblemError(problem))];
    });
    return Object.fromEntries(answers) as Account;
  });

/** Leaves something out of a profile, or puts something else in its place. */
function spoiled(value: Json, at: number, other: Json): Json {
  if (typeof value !== "object" || value === null) return other;
  const keys = Object.keys(value);
  const key = keys[at % Math.max(1, keys.length)];
  if (key === undefined) return other;
  if (Array.isArray(value)) return value.map((item, row) => (String(row) === key ? spoiled(item, Math.floor(at / 3), other) : item));
  return { ...value, [key]: spoiled(value[key] ?? null, Math.floor(at / 3), other) };
}

const anyProfile = fc.oneof(
  validProfile,
  fc
    .tuple(validProfile, fc.nat(), fc.constantFrom<Json[]>(null, "", "#{Later}", 7, true, [], {}))
    .map(([profile, at, other]) => spoiled(profile, at, other) as JsonObject),
);

it("never break, and find only what has a place in the profile, in words without gaps", async () => {
  await fc.assert(
    fc.asyncProperty(anyProfile, anyAccount, async (profile, asked) => {
      const { step } = effective(profile);
      const { results } = await runChecks(subjectOf(step, validate(profile), "eu-west-1"), asked, new AbortController().signal);
      for (const { path, message, hint } of issuesOf(results)) {
        const said = `${formatPath(path)}: ${message} → ${hint}`;
        // What is chosen from a list is a place of the whole field.
        expect(placeAt(form, path) ?? placeAt(form, path.slice(0, -1)), said).toBeDefined();
        expect(said).not.toMatch(/is broken|\bundefined\b|\bnull\b|NaN|\[object|\{\w+\}/);
        expect(hint.length, said).toBeGreaterThan(0);
      }
    }),
    { numRuns: 400 },
  );
});
