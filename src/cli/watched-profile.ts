import { profileAsDeployed } from "../engine/deployment/as-deployed.ts";
import { type Place, type RecordHeader, samePlace } from "../engine/deployment/record.ts";
import { UserError } from "../engine/problem.ts";
import type { JsonObject } from "../engine/schema.ts";
import { effective } from "../engine/values.ts";
import { folders } from "../store/folders.ts";
import { readProfiles } from "../store/profiles.ts";
import { openRecords, type Records } from "../store/records.ts";
import type { ReadyProfile } from "./deployment/deployer.ts";
import type { ProfileOptions } from "./options.ts";
import { isPath, sourceProfile } from "./profile-source.ts";
import { secretTexts, variableEntries, variablesOf } from "./variables.ts";

/**
 * The profile behind a deployment's id, a profile's name or path: enough to find its stack in this place, valid or not. Throws a
 * UserError for a deployment that was made in the other one, sandbox or real account.
 */
export function watchedProfile(wanted: string, options: ProfileOptions, place: Place): ReadyProfile {
  const records = openRecords(folders().deployments);
  const profiles = readProfiles(folders().profiles);
  const named = records.read(wanted)?.header;
  if (named && !samePlace(named, place)) throw elsewhere(named);
  // A profile that was deployed from a file is known by its deployments only.
  const header = named ?? (isPath(wanted) || profiles.read(wanted) ? undefined : lastOf(records, wanted, place));
  if (header) {
    const snapshot = {
      ...profileAsDeployed(header),
      target: {
        region: header.region,
        cluster: header.cluster,
        ...(header.snapshot?.["target"] as JsonObject | undefined),
        stackName: header.stackName,
      },
    };
    const found = ready(header.profile ?? header.stackName, snapshot, options);
    return header.snapshot ? found : { ...found, foreign: true };
  }
  if (isStackName(wanted) && !profiles.read(wanted)) {
    const seen = records.list().find((one) => one.stackName === wanted && samePlace(one, place));
    return foreignStack(wanted, { ...options, region: options.region ?? seen?.region ?? defaultRegion() });
  }
  const source = sourceProfile(wanted, options);
  if (!source.profile)
    throw new UserError(`${source.path} is broken: ${source.issues[0]?.message ?? "it holds no profile"}`, {
      hint: source.issues[0]?.hint ?? "Mend the file.",
    });
  return ready(source.name, source.profile, options);
}

/** The names of the stacks that ecs-wizard makes begin so. */
export const isStackName = (text: string): boolean => /^cf-ecs-[A-Za-z0-9-]+$/.test(text);

const defaultRegion = () => process.env["AWS_REGION"] || process.env["AWS_DEFAULT_REGION"];

/** A stack of which nothing but its name and the way to it is known: enough to watch it. */
export function foreignStack(
  stackName: string,
  {
    region = "",
    awsProfile,
    assumeRole,
  }: { readonly region?: string | undefined; readonly awsProfile?: string | undefined; readonly assumeRole?: object | undefined },
): ReadyProfile {
  const target = { region, stackName, ...(awsProfile ? { awsProfile } : {}), ...(assumeRole ? { assumeRole: { ...assumeRole } } : {}) };
  return { ...ready(stackName, { target }, {}), foreign: true };
}

/** The last deployment of a profile in a place. */
const lastOf = (records: Records, profile: string, place: Place): RecordHeader | undefined => {
  const last = records.list(profile).find((one) => samePlace(one, place));
  return last && records.read(last.id)?.header;
};

/** Nobody is to look in one world for what happened in the other. */
function elsewhere({ id, sandbox }: RecordHeader): UserError {
  const look = `ecs-wizard history ${id} shows what is kept of it, and ecs-wizard deploy ${id} deploys the same here.`;
  return sandbox === undefined
    ? new UserError(`${id} is a deployment in a real account, not in the sandbox`, { hint: `Leave --sandbox out. ${look}` })
    : new UserError(`${id} is a deployment in the sandbox (${sandbox}), not in a real account`, { hint: look });
}

/** Whether an argument names a deployment, a profile or a file: anything that `watchedProfile` can be asked for. */
export function isKnown(argument: string, place: Place): boolean {
  if (/^arn:[^:]*:cloudformation:/.test(argument)) return false;
  if (isPath(argument) || readProfiles(folders().profiles).read(argument)) return true;
  const records = openRecords(folders().deployments);
  return records.read(argument) !== undefined || lastOf(records, argument, place) !== undefined;
}

function ready(name: string, profile: JsonObject, options: ProfileOptions): ReadyProfile {
  const variables = variablesOf(profile, options);
  const { step } = effective(profile, { variables });
  if (!step.target.region) throw new UserError(`${name} names no region`, { hint: "Add --region, or target.region to the profile." });
  return { name, profile, step, variables, sensitive: secretTexts(profile, variableEntries(profile, options)) };
}
