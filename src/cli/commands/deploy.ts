import { answerByFlags, type Consent, decideByFlags } from "../../engine/deployment/decide.ts";
import type { Wait } from "../../engine/deployment/plan.ts";
import { exitCode, UserError } from "../../engine/problem.ts";
import { shellWord } from "../../engine/shell-word.ts";
import type { Start } from "../../screens/run-app.tsx";
import { folders } from "../../store/folders.ts";
import { openRecords } from "../../store/records.ts";
import type { CommandCall } from "../command.ts";
import { confirm } from "../confirm.ts";
import { agree, showPreview, tidying } from "../deployment/agree.ts";
import { checkCluster } from "../deployment/check-cluster.ts";
import { createDeployer, type Deployer, type ReadyProfile } from "../deployment/deployer.ts";
import { waitOf } from "../deployment/plan.ts";
import { report } from "../deployment/report.ts";
import { targetOf } from "../deployment/target.ts";
import { watchTarget } from "../deployment/watch-target.ts";
import type { FirstRun } from "../interactive/deployments.ts";
import { interruptible } from "../interruptible.ts";
import type { Io } from "../io.ts";
import type { ProfileOptions } from "../options.ts";
import { readyProfile } from "../ready-profile.ts";
import { enterSandbox, type Reach } from "../sandbox.ts";
import { watchedProfile } from "../watched-profile.ts";

interface DeployOptions extends ProfileOptions {
  readonly yes?: boolean;
  readonly wait?: boolean;
  readonly timeout?: string;
  readonly replaceFailedStack?: boolean;
  readonly continueRollback?: boolean;
  readonly skipResources?: string;
  readonly outputs?: string;
  readonly exitCode?: boolean;
  readonly check?: boolean;
}

/** For how long a headless run goes on without credentials or connection: nobody is there to log in. */
const patience = 10 * 60_000;

/** Runs `work` with AWS, or the sandbox, within reach. */
async function withCloud(options: DeployOptions, io: Io, work: (deployer: Deployer, reach: Reach) => Promise<number>): Promise<number> {
  const reach = await enterSandbox(options, io);
  try {
    return await work(createDeployer({ ...reach, records: openRecords(folders().deployments) }), reach);
  } finally {
    await reach.close();
  }
}

/** Whether the pane may show it: somebody is looking, and there is something to be seen; what is not waited for would only flash. */
const mayDraw = (wait: Wait, io: Io) => io.interactive && !io.dumb && !io.tooSmall && wait.kind !== "none";

/** The program's screens, beginning with a deployment of this profile. */
async function draw(
  start: Start,
  { step, options, io, reach, first }: Pick<ReadyProfile, "step"> & { options: DeployOptions; io: Io; reach: Reach; first: FirstRun },
): Promise<number> {
  const { runInteractive } = await import("../interactive/run.ts");
  const { region, awsProfile } = step.target;
  return runInteractive(start, { ...options, region, ...(awsProfile ? { awsProfile } : {}) }, io, reach, first);
}

/** Deploys a profile. At a terminal it shows the changes, asks, and then shows the deployment; elsewhere `--yes` is needed. */
export async function deploy({ args, options, io }: CommandCall<DeployOptions>): Promise<number> {
  const wait = waitFrom(options);
  const consent = consentOf(options);
  const ready = await readyProfile(String(args[0]), options, io);
  mustBeAgreed("deployment", "deploy", options, io);
  return withCloud(options, io, async (deployer, reach) => {
    if (options.check !== false) await checkCluster(ready.step, reach, io);
    const choices = {
      patience,
      decide: decideByFlags(consent),
      // At a terminal they are told before the question.
      check: options.check !== false && options.yes === true,
      ...(wait ? { wait } : {}),
    };
    const agreed = options.yes ? {} : await agree(deployer, ready, io, options.check === false ? undefined : reach);
    if (typeof agreed === "number") return agreed;
    const given = { images: {}, variables: ready.given, ...agreed };
    if (mayDraw(wait ?? waitOf(ready.step), io)) {
      const { outputs } = options;
      const first = {
        decide: answerByFlags(consent),
        check: choices.check,
        ...(wait ? { wait } : {}),
        ...(outputs === undefined ? {} : { outputs }),
      };
      return draw({ screen: "deploy", profile: ready.profile, choices: given }, { step: ready.step, options, io, reach, first });
    }
    const { outcome, code } = await report(deployer.deploy(ready, { ...choices, ...agreed }), options, io);
    if (outcome.problem?.kind === "denied" && !options.json)
      io.say(`  all that it needs: ecs-wizard permissions ${shellWord(String(args[0]))}`);
    return code;
  });
}

/** Shows what a deployment would change; `--exit-code` gives 10 when there are changes. */
export async function preview({ args, options, io }: CommandCall<DeployOptions>): Promise<number> {
  const ready = await readyProfile(String(args[0]), options, io);
  return withCloud(options, io, async (deployer, reach) => {
    await checkCluster(ready.step, reach, io);
    const shown = await interruptible((signal) => deployer.preview(ready, signal), tidying(io));
    if (!options.json) showPreview(shown, io);
    else {
      const { changeSet: _, ...data } = shown;
      io.json(data);
    }
    if (shown.kind === "invalid") return exitCode.usage;
    if (shown.kind === "busy") return exitCode.access;
    return options.exitCode && shown.kind !== "unchanged" ? exitCode.changes : exitCode.done;
  });
}

/** Attaches to a running deployment, whoever began it and wherever, or shows how the last one ended. */
export async function watch({ args, options, io }: CommandCall<DeployOptions>): Promise<number> {
  const wait = waitFrom(options) ?? { kind: "untilCompleted" };
  return withCloud(options, io, async (deployer, reach) => {
    const { id, ready } = await watchTarget(args[0] as string | undefined, options, deployer);
    if (!mayDraw(wait, io)) return (await report(deployer.watch(ready, { patience, wait }), options, io)).code;
    const { stackName } = deployer.plan(ready);
    const stack = { stackName, status: "", target: targetOf(ready.step, reach.endpointUrl) };
    const start: Start = id === undefined ? { screen: "stack", stack } : { screen: "watch", id };
    return draw(start, { step: ready.step, options, io, reach, first: { wait } });
  });
}

/** Deletes the stack of a profile; succeeds when there is none. */
export async function remove({ args, options, io }: CommandCall<DeployOptions>): Promise<number> {
  mustBeAgreed("deletion", "delete", options, io);
  return withCloud(options, io, async (deployer) => {
    const ready = watchedProfile(String(args[0]), options, deployer);
    const { stackName } = deployer.plan(ready);
    if (!options.yes && !(await confirm(io, `Delete the stack ${stackName} and the service in it?`, "--yes"))) return exitCode.interrupted;
    return (await report(deployer.remove(ready, { patience, wait: { kind: "untilCompleted" } }), options, io)).code;
  });
}

/** Throws a UserError where nobody can be asked and `--yes` does not stand in for the answer. */
function mustBeAgreed(what: string, verb: string, { yes }: DeployOptions, io: Io): void {
  if (yes || io.interactive) return;
  throw new UserError(`nobody is there to agree to the ${what}`, { hint: `Add --yes to ${verb} without being asked.` });
}

/** What the flags agree to when the stack is in a failed state. */
function consentOf({ replaceFailedStack = false, continueRollback, skipResources = "" }: DeployOptions): Consent {
  if (skipResources !== "" && !continueRollback)
    throw new UserError("--skip-resources is for a rollback that is continued", { hint: "Add --continue-rollback." });
  const skip = skipResources.split(",").flatMap((id) => id.trim() || []);
  return { replaceFailedStack, ...(continueRollback ? { continueRollback: { skip } } : {}) };
}

/** How long to wait, as the command line says; undefined: as the profile says. */
function waitFrom(options: DeployOptions): Wait | undefined {
  if (options.wait === false && options.timeout !== undefined)
    throw new UserError("--no-wait and --timeout exclude each other", { hint: "Give one of them." });
  if (options.wait === false) return { kind: "none" };
  if (options.timeout === undefined) return undefined;
  const minutes = Number(options.timeout);
  if (!(minutes > 0))
    throw new UserError(`--timeout ${options.timeout} is no number of minutes above 0`, { hint: "For example --timeout 20." });
  return { kind: "timeout", minutes };
}
