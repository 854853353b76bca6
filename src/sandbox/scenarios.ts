import { acmeAccount, newAccount } from "./data/account.ts";
import { acmeHistory, type Deed, failedCreate, stuckRollback, updateInProgress } from "./data/history.ts";
import { enlarge, manyClusters } from "./data/large.ts";
import { cutNat, forgetSecrets, onlyArm, untag } from "./data/mishaps.ts";
import type { Fault } from "./faults.ts";
import { liveThrough } from "./history.ts";
import { services } from "./services.ts";
import type { TaskFailure, World } from "./world.ts";

/** What a scenario makes of the account. */
export interface Scenario {
  /** What it is, in a line for help texts. */
  readonly summary: string;
  /** Another account than Acme's. */
  readonly account?: (now: number) => World;
  /** What happened before, beside the account's own history. */
  readonly deeds?: readonly Deed[];
  /** How the account differs in the end. */
  readonly change?: (world: World, now: number) => void;
  readonly faults?: readonly Fault[];
  readonly taskFailure?: TaskFailure;
}

const createClusters: readonly Deed[] = manyClusters(3).map((clusterName, index) => ({
  ago: 100 * 86_400_000 - index * 1000,
  scope: "ecs",
  action: "CreateCluster",
  input: { clusterName },
}));

/** Whoever has not signed in as somebody else. */
const worker = "*:assumed-role/Developer/*";

/** The scenarios by name; `denied:ACTION` comes on top. */
export const scenarios: Readonly<Record<string, Scenario>> = {
  default: { summary: "Acme's account: clusters, services, networks, images, secrets" },
  empty: { summary: "an account on its first day", account: newAccount },
  large: {
    summary: "400 clusters, 2,000 subnets, 5,000 security groups, 80 ms a call",
    change: enlarge,
    deeds: createClusters,
    faults: [{ kind: "slow", action: "*", delayMs: 80 }],
  },
  "image-not-found": {
    summary: "the image's tag is not in the registry",
    change: (world) => untag(world, "shop/web", "1.4.2"),
    taskFailure: "image-not-found",
  },
  "wrong-architecture": {
    summary: "the image was built for another processor",
    change: (world) => onlyArm(world, "shop/web", "1.4.2"),
    taskFailure: "wrong-architecture",
  },
  "crash-loop": { summary: "the container exits at once", taskFailure: "crash-loop" },
  "out-of-memory": { summary: "the container needs more memory than it gets", taskFailure: "out-of-memory" },
  "unhealthy-targets": { summary: "the load balancer's health checks fail", taskFailure: "unhealthy-targets" },
  "secret-denied": { summary: "the execution role may not read the secrets", change: forgetSecrets, taskFailure: "secret-denied" },
  "no-route": { summary: "the private subnets have lost their way to the internet", change: cutNat, taskFailure: "no-route" },
  denied: {
    summary: "who works with the account may do nothing, other identities may; denied:ACTION forbids everyone one action",
    faults: [{ kind: "denied", action: "*", principal: worker }],
  },
  throttled: { summary: "three calls in ten are too many", faults: [{ kind: "throttled", action: "*", rate: 0.3 }] },
  "expired-credentials": {
    summary: "the credentials are past their time, those of a new sign-in are not",
    faults: [{ kind: "expired", action: "*", principal: worker }],
  },
  "stuck-rollback": { summary: "shop-web's stack is in UPDATE_ROLLBACK_FAILED", deeds: stuckRollback },
  "failed-create": { summary: "shop-web's stack is in ROLLBACK_COMPLETE", deeds: failedCreate },
  "in-progress": { summary: "shop-web's stack is being updated", deeds: updateInProgress },
  "flaky-network": {
    summary: "connections break, answers come late, services fail now and then",
    faults: [
      { kind: "dropped", action: "*", rate: 0.08 },
      { kind: "dropped", action: "*", rate: 0.04, afterwards: true },
      { kind: "slow", action: "*", rate: 0.25, delayMs: 700 },
      { kind: "serverError", action: "*", rate: 0.05 },
    ],
  },
};

/** The names `--sandbox` takes; `denied:ACTION` is one more. */
export const scenarioNames: readonly string[] = Object.keys(scenarios);

const read = (name: string): Scenario => {
  const action = /^denied:(.+)$/.exec(name)?.[1];
  if (action)
    return { summary: `${action} is denied`, faults: [{ kind: "denied", action: action.includes(":") ? action : `*:${action}` }] };
  const scenario = Object.hasOwn(scenarios, name) ? scenarios[name] : undefined;
  if (!scenario)
    throw new Error(
      `There is no sandbox scenario "${name}". There are: ${scenarioNames.join(", ")} and denied:ACTION; commas combine them.`,
    );
  return scenario;
};

/** Whether every one of the names is a scenario. */
export const isScenario = (names: string): boolean => {
  try {
    parse(names);
    return true;
  } catch {
    return false;
  }
};

const parse = (names: string): readonly Scenario[] =>
  names
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean)
    .map(read);

/** Makes the account of these scenarios (names separated by commas) as it is at `now`, epoch ms; throws an Error that lists the names for an unknown one. */
export const createWorld = (names: string, now: number): World => {
  const chosen = parse(names);
  const account = chosen.find((scenario) => scenario.account)?.account;
  const world = (account ?? acmeAccount)(now);
  const history = account ? [] : acmeHistory;
  liveThrough(world, services, [...history, ...chosen.flatMap(({ deeds }) => (account ? [] : (deeds ?? [])))], now);
  for (const { change } of account === newAccount ? [] : chosen) change?.(world, now);
  world.scenario = names || "default";
  world.faults = structuredClone(chosen.flatMap(({ faults }) => faults ?? []));
  world.behaviour.taskFailures = chosen.flatMap(({ taskFailure }) => taskFailure ?? []);
  world.savedAt = now;
  return world;
};
