/** The step, described: its eleven sections in the order of the form and of the file. */
import type { Section, ValuesOf } from "../schema.ts";
import { configuration } from "./configuration.ts";
import { containers } from "./containers/index.ts";
import { deployment } from "./deployment.ts";
import { deploymentOptions } from "./deployment-options.ts";
import { loadBalancerMappings } from "./load-balancer-mappings.ts";
import { network } from "./network.ts";
import { tags } from "./tags.ts";
import { target } from "./target.ts";
import { taskExecutionRole } from "./task-execution-role.ts";
import { taskSize } from "./task-size.ts";
import { volumes } from "./volumes.ts";

/** The fields of the whole step by section key; optional sections are the lists that may be empty. */
export const stepFields = {
  target: target.field,
  configuration: configuration.field,
  taskExecutionRole: taskExecutionRole.field,
  taskSize: taskSize.field,
  network: network.field,
  tags: tags.field,
  containers: containers.field,
  deployment: deployment.field,
  deploymentOptions: deploymentOptions.field,
  loadBalancerMappings: loadBalancerMappings.field,
  volumes: volumes.field,
} as const;

/** The eleven sections in order. */
export const sections: readonly Section[] = [
  target,
  configuration,
  taskExecutionRole,
  taskSize,
  network,
  tags,
  containers,
  deployment,
  deploymentOptions,
  loadBalancerMappings,
  volumes,
];

/** The effective answers of the whole step: defaults applied, hidden answers gone; what a required field lacks is `""` or `[]`. */
export type Step = ValuesOf<typeof stepFields>;

/** One container of the step. */
export type Container = Step["containers"][number];

/** One volume of the step. */
export type Volume = NonNullable<Step["volumes"]>[number];
