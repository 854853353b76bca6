import { createClients } from "../../aws-discovery/clients.ts";
import { explainFacts } from "../../aws-discovery/cloud/explain-facts.ts";
import { createCloud } from "../../aws-discovery/cloud/index.ts";
import type { CredentialStore } from "../../aws-discovery/credentials.ts";
import { usedVariables } from "../../engine/deployment/as-deployed.ts";
import type { MayDecide } from "../../engine/deployment/decide.ts";
import { deploy } from "../../engine/deployment/deploy.ts";
import { type DeployEvent, type RecordedEvent, stampEvent } from "../../engine/deployment/events.ts";
import type { Outcome } from "../../engine/deployment/outcome.ts";
import type { ChangeSetChoice, DeploymentPlan, TemplateResources } from "../../engine/deployment/plan.ts";
import { discardPreview, type Preview, preview } from "../../engine/deployment/preview.ts";
import {
  type DeploymentRecord,
  type Place,
  type RecordHeader,
  recordVersion,
  samePlace,
  usualDurations,
} from "../../engine/deployment/record.ts";
import { recover } from "../../engine/deployment/recover.ts";
import { refresh } from "../../engine/deployment/refresh.ts";
import { remove } from "../../engine/deployment/remove.ts";
import { type Run, startRun } from "../../engine/deployment/run.ts";
import { resolvedResources } from "../../engine/deployment/template-changes.ts";
import { watch } from "../../engine/deployment/watch.ts";
import { withPredictions } from "../../engine/deployment/with-predictions.ts";
import { type ExplainFacts, maskAll } from "../../engine/diagnosis/index.ts";
import type { Clock, Cloud } from "../../engine/ports.ts";
import type { CheckReport, CheckResult } from "../../engine/preflight/check.ts";
import type { JsonObject } from "../../engine/schema.ts";
import type { Step } from "../../engine/sections/index.ts";
import type { VariableDictionary } from "../../engine/variables/index.ts";
import type { Records } from "../../store/records.ts";
import { causesOf, diagnosisOf, inReadingOrder } from "../diagnosis.ts";
import { sensitiveNames } from "../variables.ts";
import { version } from "../version.ts";
import { type Checked, checkStep, predictions } from "./checks.ts";
import { newDeploymentId, type PlanChoices, planOf } from "./plan.ts";
import { targetOf } from "./target.ts";
import { masked, previewWithoutSecrets, withoutSecrets } from "./without-secrets.ts";

/** A profile that is ready to be deployed. */
export interface ReadyProfile {
  readonly name: string;
  readonly profile: JsonObject;
  readonly step: Step;
  readonly variables: VariableDictionary;
  /** Values that must not be kept. */
  readonly sensitive: readonly string[];
  /** All values for variables by name, those of the profile included; absent: only the profile's. */
  readonly given?: Readonly<Record<string, string>>;
  /** Only a stack is known, no profile: it is watched with whatever service it holds, and its record has no profile. */
  readonly foreign?: true;
}

/** A run with the id it is recorded under. */
export type RecordedRun = Run & { readonly id: string; readonly stackName: string };

export type RunChoices = Omit<PlanChoices, "id" | "variables" | "usual"> & {
  readonly decide?: MayDecide;
  readonly changeSet?: ChangeSetChoice;
  /** Runs the checks and tells what they predict before anything changes. */
  readonly check?: boolean;
};

/** Begins deployments, deletions and watches, each recorded, none bound to a screen. */
export interface Deployer {
  /** The scenario, where the account is simulated. */
  readonly sandbox?: string;
  cloud(step: Pick<Step, "target">): Cloud;
  plan(ready: ReadyProfile, choices?: RunChoices): DeploymentPlan;
  deploy(ready: ReadyProfile, choices?: RunChoices): RecordedRun;
  /** Checks a step against the account until the signal aborts. */
  check(checked: Checked, signal: AbortSignal, onResult?: (result: CheckResult) => void): Promise<CheckReport>;
  /** What a deployment would change, by a change set that is discarded again. */
  preview(ready: ReadyProfile, signal?: AbortSignal): Promise<Preview>;
  /** The same with the change set left in place: for `deploy` with `choices.changeSet`, or for `discard`. */
  propose(ready: ReadyProfile, signal?: AbortSignal): Promise<Preview>;
  /** Throws away the change set of a proposal, if there is one. */
  discard(ready: ReadyProfile, proposal: Preview): Promise<void>;
  /** Continues a failed rollback, leaving the resources `skip` as they are. */
  recover(ready: ReadyProfile, skip: readonly string[]): RecordedRun;
  /** Asks AWS again about a recorded deployment: all its facts, what AWS still knows behind the recorded ones; the record stays as it is. */
  refresh(ready: ReadyProfile, record: DeploymentRecord): Promise<readonly RecordedEvent[]>;
  remove(ready: ReadyProfile, choices?: RunChoices): RecordedRun;
  watch(ready: ReadyProfile, choices?: RunChoices): RecordedRun;
  /** The region in use where the target names none; rejects with ProblemError when nothing says. */
  region(step: Pick<Step, "target">): Promise<string>;
}

/** What a deployer works with; the clock is the sandbox's where that is used. */
export interface DeployerParts {
  readonly endpointUrl: string | undefined;
  /** The scenario, where the account is simulated: records say so. */
  readonly sandbox?: string;
  readonly records: Records;
  readonly clock: Clock;
  readonly credentials: CredentialStore;
}

/** A deployment tells of absences and comes back by itself: the SDK's own patience would only hide them. */
const maxAttempts = 3;
/** How long a failure may wait for what the account says about it. */
const factsMs = 3_000;

/** So many of the last deployments of a stack tell what was a secret in it. */
const templatesLookedAt = 5;

const works = { deploy, delete: remove, watch } as const;

/** The end of a run, after which a change set that was agreed to but never executed is thrown away. */
async function tidied(run: Run, throwAway: () => Promise<void>): Promise<Outcome> {
  const outcome = await run.done;
  const executed = run.events.some((event) => event.type === "accepted" && event.operation === "execute");
  // The outcome is what matters; a change set that stays is in nobody's way.
  if (!executed) await throwAway().catch(() => undefined);
  return outcome;
}

/** Makes a deployer over the real clients. */
export function createDeployer({ endpointUrl, sandbox, records, clock, credentials }: DeployerParts): Deployer {
  const place: Place = sandbox === undefined ? {} : { sandbox };
  const connect = (step: Pick<Step, "target">) => createClients(targetOf(step, endpointUrl), { version, maxAttempts, credentials });
  const cloud = (step: Pick<Step, "target">) => createCloud(() => connect(step));

  const facts = async (step: Step): Promise<ExplainFacts> => {
    const clients = connect(step);
    const images = step.containers.map(({ image }) => image);
    const found = await explainFacts(clients, { images, subnets: step.network.subnets }, AbortSignal.timeout(factsMs));
    clients.destroy();
    return found;
  };

  function* here(all: Iterable<DeploymentRecord>) {
    for (const record of all) if (samePlace(record.header, place)) yield record;
  }

  const plan = (ready: ReadyProfile, choices: RunChoices = {}): DeploymentPlan => {
    const { decide: _, check: __, changeSet, ...rest } = choices;
    const id = newDeploymentId(clock.now());
    const made = planOf(ready.step, { ...rest, id, variables: ready.variables, usual: usualDurations(here(records.all(ready.name))) });
    return changeSet ? { ...made, changeSet } : made;
  };

  const header = (activity: RecordHeader["activity"], ready: ReadyProfile, made: DeploymentPlan): RecordHeader => {
    const { stackName, region, cluster, serviceId, taskDefinitionId } = made;
    const stack = { record: recordVersion, id: made.token, activity, stackName, region, cluster, ...place };
    const startedAt = new Date(clock.now()).toISOString();
    if (ready.foreign) return { ...stack, startedAt };
    return {
      ...stack,
      profile: ready.name,
      snapshot: masked(ready.profile, ready.sensitive),
      variables: masked(usedVariables(ready.profile, ready.given ?? {}, sensitiveNames(ready.profile)), ready.sensitive),
      serviceId,
      taskDefinitionId,
      template: masked(made.template, ready.sensitive),
      startedAt,
    };
  };

  const run = (
    activity: RecordHeader["activity"],
    ready: ReadyProfile,
    choices: RunChoices = {},
    skip?: readonly string[],
  ): RecordedRun => {
    const made = plan(ready, choices);
    const started = startRun({
      ports: { cloud: cloud(ready.step), clock: clock },
      work: (ports, signal) => {
        const { serviceId: _, taskDefinitionId: __, ...stack } = made;
        const known = ready.foreign ? watch(ports, stack, signal) : works[activity](ports, made, signal);
        const facts = skip ? recover(ports, { ...made, skip }, signal) : known;
        const predict = (over: AbortSignal) => predictions(ready.step, { endpointUrl, credentials }, AbortSignal.any([signal, over]));
        return withoutSecrets(choices.check ? withPredictions(facts, predict) : facts, ready.sensitive);
      },
      header: header(activity, ready, made),
      recorder: records.recorder(),
      facts: () => facts(ready.step),
      explain: (events) => {
        const found = diagnosisOf(events, ready.profile, ready.name);
        return maskAll(inReadingOrder(found), ready.sensitive);
      },
      ...(choices.decide ? { decide: choices.decide } : {}),
    });
    return Object.assign(started, { id: made.token, stackName: made.stackName });
  };

  /** The last templates of a stack as records keep them. */
  const earlierTemplates = ({ stackName, region }: DeploymentPlan): readonly TemplateResources[] =>
    records
      .list()
      .filter((one) => one.activity === "deploy" && one.stackName === stackName && one.region === region && samePlace(one, place))
      .slice(0, templatesLookedAt)
      .map(({ id }) => resolvedResources(records.read(id)?.header.template ?? "", undefined, {}));

  const propose: Deployer["propose"] = async (ready, signal) => {
    const made = plan(ready);
    const shown = previewWithoutSecrets(await preview(cloud(ready.step), clock, made, signal), ready.sensitive, earlierTemplates(made));
    const causes = maskAll(causesOf(shown, ready.profile, ready.name), ready.sensitive);
    return causes.length > 0 ? { ...shown, causes } : shown;
  };

  const throwAway = (ready: ReadyProfile, changeSet: NonNullable<Preview["changeSet"]>) =>
    discardPreview(cloud(ready.step), { token: newDeploymentId(clock.now()) }, changeSet);

  const discard: Deployer["discard"] = async (ready, { changeSet }) => {
    if (changeSet) await throwAway(ready, changeSet);
  };

  const refreshed: Deployer["refresh"] = async (ready, record) => {
    // What could not be seen then is asked for again, and warned of anew where it still can't be.
    const events = record.events.filter((event) => !(event.type === "warning" && event.unseen));
    const add = (fact: DeployEvent) => void events.push(stampEvent(fact, events.length + 1, clock.now()));
    for await (const fact of refresh({ cloud: cloud(ready.step), clock }, record, new AbortController().signal)) add(fact);
    if (!events.some(({ type }) => type === "facts")) add({ type: "facts", facts: await facts(ready.step) });
    return events;
  };

  return {
    ...place,
    cloud,
    plan,
    refresh: refreshed,
    check: (checked, signal, onResult) => checkStep(checked, { endpointUrl, credentials }, signal, onResult),
    preview: async (ready, signal) => {
      const shown = await propose(ready, signal);
      await discard(ready, shown);
      return shown;
    },
    propose,
    discard,
    deploy: (ready, choices) => {
      const started = run("deploy", ready, choices);
      const { id, type, stackId } = choices?.changeSet ?? {};
      if (id === undefined || type === undefined || stackId === undefined) return started;
      return { ...started, done: tidied(started, () => throwAway(ready, { id, type, stackId })) };
    },
    recover: (ready, skip) => run("deploy", ready, { wait: { kind: "untilCompleted" } }, skip),
    remove: (ready, choices) => run("delete", ready, choices),
    watch: (ready, choices) => run("watch", ready, choices),
    region: async (step) => {
      const clients = connect(step);
      try {
        return await clients.region();
      } finally {
        clients.destroy();
      }
    },
  };
}
