import type { Outcome } from "../../engine/deployment/outcome.ts";
import { foldAll } from "../../engine/deployment/progress.ts";
import type { DeploymentRecord } from "../../engine/deployment/record.ts";
import type { Run } from "../../engine/deployment/run.ts";
import { reportMarkdown } from "../../engine/diagnosis/index.ts";
import { UserError } from "../../engine/problem.ts";
import type { JsonObject } from "../../engine/schema.ts";
import { withImages } from "../../engine/template/index.ts";
import type { DeployChoices, DeploymentPort, WatchedDeployment } from "../../screens/deployment-port.ts";
import type { Records } from "../../store/records.ts";
import type { Deployer, ReadyProfile } from "../deployment/deployer.ts";
import { diagnosisOf } from "../diagnosis.ts";
import { hasErrors, readStep } from "../step.ts";
import { sensitiveValues, variableEntries, variablesOf } from "../variables.ts";
import { watchedProfile } from "../watched-profile.ts";
import { explained } from "./explained.ts";
import { openProposals } from "./open-proposals.ts";

/** A profile with the operator's choices, ready to be deployed; throws a UserError when something is still wrong. */
function ready(profile: JsonObject, choices: DeployChoices): ReadyProfile {
  const images = Object.entries(choices.images).map(([name, version]) => ({ name, version }));
  const chosen = withImages(profile, images);
  const options = { var: Object.entries(choices.variables).map(([name, value]) => `${name}=${value}`) };
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
    sensitive: sensitiveValues(chosen, entries),
    given: Object.fromEntries(entries),
  };
}

/** A deployment with all its facts. */
type Watched = WatchedDeployment & Pick<Run, "events">;

/** A deployment of the past, as its record has it. */
function recorded({ header, events }: DeploymentRecord, outcome: Outcome): Watched {
  const progress = foldAll(events);
  return {
    events,
    id: header.id,
    profile: header.profile ?? header.stackName,
    ...(header.snapshot ? { snapshot: header.snapshot } : {}),
    progress: () => progress,
    subscribe: () => () => {},
    stopWatching: () => {},
    cancel: () => {},
    answer: () => {},
    done: Promise.resolve(outcome),
  };
}

/** Deployments for the screens, and what ends the watching of all of them when the program is left; what AWS does goes on. */
export interface Deployments extends Required<DeploymentPort> {
  leave(): Promise<void>;
}

/** Ends of a watching, not of the deployment: it is worth looking again. */
const openEnds: readonly string[] = ["notWaited", "timedOut"];

/** Deployments for the screens. */
export function deploymentsPort(deployer: Deployer, records: Records): Deployments {
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
  const diagnosis = (deployment: WatchedDeployment) =>
    diagnosisOf(known.get(deployment)?.events ?? [], deployment.snapshot, deployment.profile);
  return {
    start: async (profile, choices) => {
      const made = ready(profile, choices);
      const { changeSet } = choices;
      const agreed = changeSet && !executed.has(changeSet.id) ? { changeSet } : {};
      if (changeSet) {
        executed.add(changeSet.id);
        proposals.settled(changeSet.id);
      }
      return remember(Object.assign(deployer.deploy(made, agreed), { profile: made.name, snapshot: made.profile }));
    },
    attach: async (id) => {
      const record = records.read(id);
      const outcome = record?.events.findLast((event) => event.type === "outcome");
      if (record && outcome?.type === "outcome" && !openEnds.includes(outcome.status)) return remember(recorded(record, outcome));
      const made = watchedProfile(id, {});
      return remember(
        Object.assign(deployer.watch(made, { wait: { kind: "untilCompleted" } }), { profile: made.name, snapshot: made.profile }),
      );
    },
    preview: async (profile, choices, signal) => {
      const made = ready(profile, choices);
      return await deployer.preview(made, signal);
    },
    propose: async (profile, choices, signal) => await proposals.open(ready(profile, choices), signal),
    discard: async (_profile, _choices, proposal) => await proposals.discard(proposal),
    recover: async (deployment, skip) => {
      const made = watchedProfile(deployment.id, {});
      return remember(Object.assign(deployer.recover(made, skip), { profile: made.name, snapshot: made.profile }));
    },
    leave: async () => {
      const left = [...running];
      for (const deployment of left) deployment.stopWatching();
      await Promise.allSettled([...left.map(({ done }) => done), proposals.leave()]);
    },
    explain: (deployment) => explained(diagnosis(deployment)),
    report: (deployment) => {
      const { stackName, region, cluster, outcome, startedAt } = deployment.progress();
      return reportMarkdown(diagnosis(deployment), {
        profile: deployment.profile,
        deployment: deployment.id,
        stackName,
        region,
        startedAt,
        ...(cluster ? { cluster } : {}),
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
