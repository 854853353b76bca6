import type { Need } from "../../engine/permissions/grant.ts";
import { longestPolicy, policyFor, policyLength } from "../../engine/permissions/policy.ts";
import { anyScope, type Scope, scopeOf } from "../../engine/permissions/scope.ts";
import { exitCode, UserError } from "../../engine/problem.ts";
import type { CommandCall } from "../command.ts";
import { chosenImages } from "../images.ts";
import type { Io } from "../io.ts";
import { sayIssues } from "../issues.ts";
import type { ProfileOptions } from "../options.ts";
import { sourceProfile } from "../profile-source.ts";
import { mustBeValid, readStep } from "../step.ts";

interface PermissionsOptions extends ProfileOptions {
  readonly for?: string;
}

const purposes: Readonly<Record<string, readonly Need[]>> = {
  deploy: ["deploy"],
  watch: ["watch"],
  wizard: ["wizard"],
  check: ["check"],
  all: ["deploy", "watch", "wizard", "check"],
};

/** Prints the least policy that does for a profile, or for any deployment. Asks AWS nothing. */
export function run({ args, options, io }: CommandCall<PermissionsOptions>): number {
  const purpose = options.for ?? "deploy";
  const needs = Object.hasOwn(purposes, purpose) ? purposes[purpose] : undefined;
  if (!needs) throw new UserError(`--for ${purpose} is not known`, { hint: `Choose ${Object.keys(purposes).join(", ")}.` });
  const name = args[0] as string | undefined;
  const scope = name === undefined ? anyScope(options.region) : scopeOfProfile(name, options, io);
  const policy = policyFor(scope, needs);
  io.json(policy);
  if (process.stderr.isTTY && !options.json) for (const line of notes(scope, needs, policyLength(policy))) io.say(line);
  return exitCode.done;
}

function scopeOfProfile(name: string, options: ProfileOptions, io: Io): Scope {
  const source = sourceProfile(name, options);
  const chosen = source.profile ? { ...source, profile: chosenImages(source.profile, options) } : source;
  const read = readStep(chosen, options, { forDeployment: false, toPrint: true });
  if (!read.effective) return scopeOf(mustBeValid(read, source.name, io).effective.step);
  const errors = read.issues.filter(({ severity }) => severity === "error");
  sayIssues(io, errors);
  if (errors.length > 0) io.say(`${source.name} can't be deployed yet; what it does not say is * in the policy`);
  return scopeOf(read.effective.step);
}

/** What a person has to know to use the policy. */
function notes(scope: Scope, needs: readonly Need[], length: number): string[] {
  const role = scope.assumedRole?.split("/").at(-1);
  return [
    "",
    ...(scope.account === "*" ? ["The account is not known: put its number where * stands for it in an ARN."] : []),
    ...(scope.region === "*" ? ["Any region is meant; --region narrows it."] : []),
    ...(role ? [`It is for the role ${role}, which the profile assumes; who assumes it needs sts:AssumeRole on that role.`] : []),
    ...(length > longestPolicy
      ? [`It is longer than the ${longestPolicy} characters of a managed policy: put it into a role, which takes 10240.`]
      : []),
    ...(needs.includes("deploy") && !needs.includes("check")
      ? ["The checks before a deployment read more, and do without: --for check has that, --for all everything."]
      : []),
    "Attach it:  ecs-wizard permissions … > policy.json",
    `            aws iam put-role-policy --role-name ${role ?? "ROLE"} --policy-name ecs-wizard --policy-document file://policy.json`,
  ];
}
