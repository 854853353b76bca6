/** What is known of a service while it is watched. */
import type { Service, ServiceDeployment, TargetHealth, Task, TaskDefinition } from "./facts.ts";
import { parseServiceArn } from "./outputs.ts";

/** The state behind the watching of one service. */
export interface ServiceWatch {
  /** Name or ARN. */
  cluster: string;
  /** Name or ARN; absent until the stack has made it. */
  service: string | undefined;
  /** What was there before our operation: rollouts, service deployments and messages, by id. */
  readonly before: { readonly deployments: Set<string>; readonly serviceDeployments: Set<string>; readonly messages: Set<string> };
  /** The tasks there were before our operation; undefined: not looked at. */
  tasksBefore: ReadonlySet<string> | undefined;
  /**
   * How well `before` is known: `exact` – looked at before the operation began, so that whatever is not in it is ours;
   * `inferred` – its rollouts are, from the task definition of the operation; `none` – nothing is.
   */
  baseline: "none" | "inferred" | "exact";
  /** The ids of the rollouts that are ours. */
  readonly own: Set<string>;
  /** The task definition that our operation made, by ARN. */
  revision?: string;
  latest: Service | undefined;
  /** The service deployments that are ours, by ARN. */
  readonly deployments: Map<string, ServiceDeployment>;
  readonly tasks: Map<string, Task>;
  readonly targets: Map<string, readonly TargetHealth[]>;
  readonly taskDefinitions: Map<string, TaskDefinition>;
  /** The last form in which each thing was told, to tell only changes. */
  readonly told: Map<string, string>;
  /** The failed tasks whose logs are read, by id: not all of a service that fails without end. */
  readonly logTasks: Set<string>;
  /** How often a container's log was asked for, by task and container; infinite once it was found. */
  readonly logReads: Map<string, number>;
  /** When tasks, targets and service deployments were last asked for, on our clock. */
  readonly asked: { tasks: number; targets: number; deployments: number };
  /** Why the service can't be seen, when describing it is refused. */
  blind: boolean;
}

/** A service that has not been looked at; an ARN names its cluster better than the caller. */
export function watchService(cluster: string, service?: string): ServiceWatch {
  const never = Number.NEGATIVE_INFINITY;
  return {
    cluster: (service && parseServiceArn(service).cluster) ?? cluster,
    service,
    before: { deployments: new Set(), serviceDeployments: new Set(), messages: new Set() },
    tasksBefore: undefined,
    baseline: "none",
    own: new Set(),
    latest: undefined,
    deployments: new Map(),
    tasks: new Map(),
    targets: new Map(),
    taskDefinitions: new Map(),
    told: new Map(),
    logTasks: new Set(),
    logReads: new Map(),
    asked: { tasks: never, targets: never, deployments: never },
    blind: false,
  };
}

/** Whether `value` differs from what was last told under `key`; remembers it. */
export function isNews(watch: ServiceWatch, key: string, value: unknown): boolean {
  const text = JSON.stringify(value);
  if (watch.told.get(key) === text) return false;
  watch.told.set(key, text);
  return true;
}
