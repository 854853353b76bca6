import type { SourceId } from "../../engine/schema.ts";
import type { Source } from "../source.ts";
import { accessPoints } from "./access-points.ts";
import { awsProfiles } from "./aws-profiles.ts";
import { clusters } from "./clusters.ts";
import { ecsRoles } from "./ecs-roles.ts";
import { fileSystems } from "./file-systems.ts";
import { imageTags } from "./image-tags.ts";
import { logGroups } from "./log-groups.ts";
import { regions } from "./regions.ts";
import { repositories } from "./repositories.ts";
import { registrySecrets, secrets } from "./secrets.ts";
import { securityGroups } from "./security-groups.ts";
import { subnets } from "./subnets.ts";
import { targetGroups } from "./target-groups.ts";
import { vpcs } from "./vpcs.ts";

/** Every source of picker items by its id. */
export const sources: { readonly [Id in SourceId]: Source } = {
  awsProfiles,
  regions,
  clusters,
  vpcs,
  subnets,
  securityGroups,
  ecsRoles,
  targetGroups,
  repositories,
  imageTags,
  secrets,
  registrySecrets,
  fileSystems,
  accessPoints,
  logGroups,
};
