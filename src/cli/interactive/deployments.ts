import { profileAsDeployed, usedVariables } from "../../engine/deployment/as-deployed.ts";
import type { Outcome } from "../../engine/deployment/outcome.ts";
import { samePlace, seenToItsEndIn } from "../../engine/deployment/record.ts";
import { maskAll, reportJson, reportMarkdown } from "../../engine/diagnosis/index.ts";
import type { CheckResult } from "../../engine/preflight/check.ts";
import { UserError } from "../../engine/problem.ts";
import type { JsonObject } from "../../engine/schema.ts";
import { withVariableImages } from "../../engine/template/index.ts";
import { effective } from "../../engine/values.ts";
import type { DeployChoices, DeploymentPort, WatchedDeployment } from "../../screens/deployment-port.ts";
import type { ReadableDocuments } from "../../store/documents.ts";
import type { Records } from "../../store/records.ts";
import type { Deployer, ReadyProfile, RunChoices } from "../deployment/deployer.ts";
import { writeOutputs } from "../deployment/report.ts";
import { masked } from "../deployment/without-secrets.ts";
import { diagnosisOf } from "../diagnosis.ts";
import { chosenImages } from "../images.ts";
import type { ProfileOptions } from "../options.ts";
import { hasErrors, readStep } from "../step.ts";
import { secretTexts, sensitiveNames, variableEntries, variablesOf } from "../variables.ts";
import { foreignStack, watchedProfile } from "../watched-profile.ts";
import { stacksOf } from "./at-work.ts";
import { explained } from "./explained.ts";
import { openProposals } from "./open-proposals.ts";
import { recorded, type Watched } from "./recorded.ts";

/** The operator's choices as the command line takes them. */
function optionsOf({ images, variables }: DeployChoices) {
  const texts = (given: Readonly<Record<string, string>>) => Object.entries(given).map(([name, value]) => `${name}=${value}`);
  return { image: texts(images), var: texts(variables) };
}

/** A profile with the operator's choices as far as it can be checked, with what is wrong with it by itself. */
function checkable(profile: JsonObject, choices: DeployChoices) {
  const options = optionsOf(choices);
  const chosen = chosenImages(profile, options);
  const { effective: { step } = effective(chosen), issues } = readStep({ profile: chosen, issues: [] }, options, { forDeployment: false });
  const sensitive = secretTexts(chosen, variableEntries(chosen, options));
  return { step: withVariableImages(step, variablesOf(chosen, options)), issues, sensitive };
}

/** A profile with the operator's choices, ready to be deployed; throws a UserError when something is still wrong. */
function ready(profile: JsonObject, choices: DeployChoices): ReadyProfile {
  const options = optionsOf(choices);
  const chosen = chosenImages(profile, options);
  const { effective, issues } = readStep({ profile: chosen, issues: [] }, options, { forDeployment: true });
  const error = issues.find(({ severity }) => severity === "error");
  if (!effective || hasErrors(issues)) throw new UserError(error?.message ?? "the profile cannot be deployed", { hint: error?.hint ?? "" });
  const own = chosen["name"];
  const entries = variableEntries(chosen, options);
  return {
    name: typeof own === "string" && own !== "" ? own : effective.step.configuration.name,
    profile: chosen,
    step: effective.step,
    variables: variablesOf(chosen, options),
    sensitive: secretTexts(chosen, entries),
    given: Object.fromEntries(entries),
  };
}

/** Deployments for the screens, and what ends the watching of all of them when the program is left; what AWS does goes on. */
export interface Deployments extends Required<DeploymentPort> {
  /** Rejects with a UserError when output values could not be written. */
  leave(): Promise<void>;
}

/** What the command line wants of the deployment that the program begins with. */
export interface FirstRun extends Pick<RunChoices, "wait" | "decide" | "check"> {
  /** The file for its output values. */
  readonly outputs?: string;
}

/** Ends of a watching, not of the deployment: it is worth looking again. */
const openEnds: readonly string[] = ["notWaited", "timedOut"];

/** Deployments for the screens; `options` are those of the command line, `first` for the first one that is begun or watched. */
export function deploymentsPort(
  deployer: Deployer,
  records: Records,
  profiles: Pick<ReadableDocuments, "list">,
  { first, ...options }: Pick<ProfileOptions, "region"> & { readonly first?: FirstRun } = {},
): Deployments {
  let next = first;
  let unwritten: unknown;
  const takeNext = (): FirstRun => {
    const taken = next ?? {};
    next = undefined;
    return taken;
  };
  const write = (outputs: string) => (outcome: Outcome) => {
    try {
      writeOutputs(outcome, outputs);
    } catch (error) {
      unwritten = error;
    }
  };
  const known = new WeakMap<WatchedDeployment, Watched>();
  const running = new Set<Watched>();
  const executed = new Set<string>();
  const proposals = openProposals(deployer);
  const remember = (watched: Watched): WatchedDeployment => {
    known.set(watched, watched);
    running.add(watched);
    const over = () => void running.delete(watched);
    watched.done.then(over, over);
    return watched;
  };
  const watching = (made: ReadyProfile, snapshot: JsonObject | undefined = made.foreign ? undefined : made.profile) => {
    const run = deployer.watch(made, { wait: takeNext().wait ?? { kind: "untilCompleted" } });
    return remember(Object.assign(run, { profile: made.name, ...(snapshot ? { snapshot } : {}) }));
  };
  const diagnosis = (deployment: WatchedDeployment) =>
    maskAll(diagnosisOf(known.get(deployment)?.events ?? [], deployment.snapshot, deployment.profile));
  return {
    start: async (profile, choices) => {
      const made = ready(profile, choices);
      const { changeSet } = choices;
      const agreed = changeSet && !executed.has(changeSet.id) ? { changeSet } : {};
      if (changeSet) {
        executed.add(changeSet.id);
        proposals.settled(changeSet.id);
      }
      const { name, given = {} } = made;
      const variables = usedVariables(made.profile, given, sensitiveNames(made.profile));
      const snapshot = profileAsDeployed({ snapshot: made.profile, variables }) ?? made.profile;
      const { outputs, ...how } = takeNext();
      const run = deployer.deploy(made, { ...how, ...agreed });
      // Where it ends in a bug, the screens say so.
      if (outputs !== undefined) run.done.then(write(outputs), () => {});
      return remember(Object.assign(run, { profile: name, snapshot }));
    },
    attach: async (id) => {
      const record = records.read(id);
      const outcome = record?.events.findLast((event) => event.type === "outcome");
      const isOver = outcome?.type === "outcome" && !openEnds.includes(outcome.status);
      if (record && (isOver || !samePlace(record.header, deployer))) return remember(recorded(record, deployer));
      const snapshot = record && profileAsDeployed(record.header);
      return watching(watchedProfile(id, options, deployer), snapshot);
    },
    open: async (id) => {
      const record = records.read(id);
      if (!record) throw new UserError(`there is no record of ${id}`, { hint: "Of each profile the last 50 deployments are kept." });
      // One that was left is shown to the end that a later watching saw.
      const events = records.read(seenToItsEndIn(records.list(), id))?.events ?? record.events;
      return remember(recorded({ ...record, events }, deployer));
    },
    atWork: async (target, signal) =>
      target.region === undefined ? [] : await stacksOf(deployer.cloud(foreignStack("", target).step), target, profiles.list(), signal),
    attachStack: async ({ stackName, target, profile }) => {
      if (profile !== undefined) return watching(watchedProfile(profile, {}, deployer));
      return watching(foreignStack(stackName, target), undefined);
    },
    check: async (profile, choices, signal, onResult) => {
      const { step, issues, sensitive } = checkable(profile, choices);
      const hide = (result: CheckResult) => masked(result, sensitive);
      const report = await deployer.check({ step, issues }, signal, onResult && ((result) => onResult(hide(result))));
      return { ...report, results: report.results.map(hide) };
    },
    preview: async (profile, choices, signal) => {
      const made = ready(profile, choices);
      return await deployer.preview(made, signal);
    },
    propose: async (profile, choices, signal) => await proposals.open(ready(profile, choices), signal),
    discard: async (_profile, _choices, proposal) => await proposals.discard(proposal),
    recover: async (deployment, skip) => {
      const made = watchedProfile(deployment.id, {}, deployer);
      return remember(Object.assign(deployer.recover(made, skip), { profile: made.name, snapshot: made.profile }));
    },
    leave: async () => {
      const left = [...running];
      for (const deployment of left) deployment.stopWatching();
      await Promise.allSettled([...left.map(({ done }) => done), proposals.leave()]);
      if (unwritten) throw unwritten;
    },
    explain: (deployment) => explained(diagnosis(deployment)),
    report: (deployment, format) => {
      const { stackName, region, cluster, outcome, startedAt } = deployment.progress();
      const sandbox = records.read(deployment.id)?.header.sandbox;
      const write = format === "json" ? reportJson : reportMarkdown;
      return write(diagnosis(deployment), {
        profile: deployment.profile,
        deployment: deployment.id,
        stackName,
        region,
        startedAt,
        ...(cluster ? { cluster } : {}),
        ...(sandbox === undefined ? {} : { sandbox }),
        ...(outcome ? { outcome: outcome.message } : {}),
      });
    },
    consoleUrl: (deployment) => {
      const { stackId, region } = deployment.progress();
      return stackId
        ? `https://${region}.console.aws.amazon.com/cloudformation/home?region=${region}#/stacks/events?stackId=${encodeURIComponent(stackId)}`
        : undefined;
    },
  };
}
