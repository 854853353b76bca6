import { lastUnfinished, type RecordSummary, samePlace, settled } from "../../engine/deployment/record.ts";
import type { Cloud, StackAtWork } from "../../engine/ports.ts";
import { ProblemError, UserError } from "../../engine/problem.ts";
import { effective } from "../../engine/values.ts";
import { folders } from "../../store/folders.ts";
import { openRecords } from "../../store/records.ts";
import type { ProfileOptions } from "../options.ts";
import { foreignStack, isKnown, watchedProfile } from "../watched-profile.ts";
import type { Deployer, ReadyProfile } from "./deployer.ts";

/** What is to be watched; `id` names it on this machine, and is absent for a stack nothing is known of here. */
export interface WatchTarget {
  readonly id?: string;
  readonly ready: ReadyProfile;
}

/**
 * Finds what a person means by `watch X`: a recorded deployment, a profile, or a stack of the account. Without X: the
 * deployment this machine has not seen the end of, else the one that runs in the account, else the last one.
 * Throws a UserError that lists what runs where that is not one.
 */
export async function watchTarget(argument: string | undefined, options: ProfileOptions, deployer: Deployer): Promise<WatchTarget> {
  const known = (id: string): WatchTarget => ({ id, ready: watchedProfile(id, options, deployer) });
  if (argument !== undefined) return isKnown(argument, deployer) ? known(argument) : await namedStack(argument, options, deployer);
  const recorded = openRecords(folders().deployments)
    .list()
    .filter((one) => samePlace(one, deployer));
  const unfinished = lastUnfinished(recorded, Date.now());
  if (unfinished) return known(unfinished.id);
  const last = settled(recorded)[0] ?? recorded[0];
  const region = await optionally(last !== undefined, () => regionOf(options, deployer));
  const running = region ? await optionally(last !== undefined, () => cloudIn({ ...options, region }, deployer).stacksAtWork()) : undefined;
  const [only, ...others] = running ?? [];
  if (only && others.length > 0) throw severalRun([only, ...others]);
  if (only) return recordOf(only, recorded, known) ?? { ready: foreignStack(only.name, { ...options, region }) };
  if (last) return known(last.id);
  throw new UserError(`nothing is being deployed in ${region}, and no deployment is recorded here`, {
    hint: "Name a profile or a stack: ecs-wizard watch NAME; --region looks elsewhere.",
  });
}

async function namedStack(nameOrArn: string, options: ProfileOptions, deployer: Deployer): Promise<WatchTarget> {
  const arn = /^arn:[^:]*:cloudformation:([^:]+):[^:]*:stack\/([^/]+)/.exec(nameOrArn);
  const name = arn?.[2] ?? nameOrArn;
  const region = arn?.[1] ?? (await regionOf(options, deployer));
  if (await cloudIn({ ...options, region }, deployer).describeStack(name)) return { ready: foreignStack(name, { ...options, region }) };
  throw new UserError(`there is no profile, deployment or stack ${name} in ${region}`, {
    hint: "ecs-wizard history lists deployments, ecs-wizard profiles list profiles; a file is given by its path.",
  });
}

type Where = Pick<ProfileOptions, "region" | "awsProfile">;

const stepOf = ({ region, awsProfile }: Where) =>
  effective({ target: { ...(region ? { region } : {}), ...(awsProfile ? { awsProfile } : {}) } }).step;

const cloudIn = (where: Where, deployer: Deployer): Cloud => deployer.cloud(stepOf(where));

/** The region of the options or, where they name none, of the environment and the configuration files. */
const regionOf = async (where: Where, deployer: Deployer): Promise<string> => where.region ?? (await deployer.region(stepOf(where)));

/** What AWS answers; undefined where it does not and something else can be watched. */
async function optionally<T>(optional: boolean, ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (optional && error instanceof ProblemError) return undefined;
    throw error;
  }
}

/** What is known here of a stack: its profile, else its last deployment. */
function recordOf({ name }: StackAtWork, recorded: readonly RecordSummary[], known: (id: string) => WatchTarget): WatchTarget | undefined {
  const record = recorded.find(({ stackName }) => stackName === name);
  return record && known(record.profile ?? record.id);
}

function severalRun(running: readonly StackAtWork[]): UserError {
  const since = (at: string | undefined) => (at ? ` since ${at.slice(0, 16).replace("T", " ")} UTC` : "");
  const rows = running.map((one) => `  ${one.name}  ${one.status}${since(one.since)}`);
  return new UserError(`${running.length} deployments are running:\n${rows.join("\n")}`, {
    hint: `Name one of them, e.g. ecs-wizard watch ${running[0]?.name}`,
  });
}
