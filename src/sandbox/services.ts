import { cloudformation } from "./cloudformation/index.ts";
import { ec2 } from "./ec2/index.ts";
import { ecr } from "./ecr/index.ts";
import { ecs } from "./ecs/index.ts";
import { efs } from "./efs/index.ts";
import { elb } from "./elb/index.ts";
import { iam } from "./iam/index.ts";
import { logs } from "./logs/index.ts";
import { serviceQuotas } from "./quotas/index.ts";
import { secretsManager } from "./secrets/index.ts";
import type { Service } from "./service.ts";
import { ssm } from "./ssm/index.ts";
import { sso } from "./sso/index.ts";
import { sts } from "./sts/index.ts";

/** Every service the sandbox answers for. */
export const services: readonly Service[] = [
  sts,
  sso,
  iam,
  ec2,
  elb,
  ecr,
  logs,
  secretsManager,
  ssm,
  efs,
  serviceQuotas,
  cloudformation,
  ecs,
];
