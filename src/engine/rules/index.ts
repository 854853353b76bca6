/** The rules over several fields, in the order of the sections. */
import type { Rule } from "../schema.ts";
import type { Step } from "../sections/index.ts";
import { containerRules } from "./containers.ts";
import { dependencyRules } from "./dependencies.ts";
import { deploymentRules } from "./deployment.ts";
import { loggingRules } from "./logging.ts";
import { loadBalancerRules, volumeRules } from "./mappings-and-volumes.ts";
import { maskedValueRules } from "./masked-values.ts";
import { nameRules } from "./names.ts";
import { taskSizeRules } from "./task-size.ts";

export const rules: readonly Rule<Step>[] = [
  nameRules,
  taskSizeRules,
  containerRules,
  dependencyRules,
  loggingRules,
  deploymentRules,
  loadBalancerRules,
  volumeRules,
  maskedValueRules,
];
