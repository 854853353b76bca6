/** The checks before a deployment, in the order of the sections of a profile. */
import type { Check } from "./check.ts";
import { accessPoints } from "./checks/access-points.ts";
import { capacityProviders } from "./checks/capacity-providers.ts";
import { clusterActive } from "./checks/cluster-active.ts";
import { endpointsLetIn } from "./checks/endpoints-let-in.ts";
import { executionRolePermissions } from "./checks/execution-role-permissions.ts";
import { fargateQuota } from "./checks/fargate-quota.ts";
import { fileSystemAvailable } from "./checks/file-system-available.ts";
import { imageArchitecture } from "./checks/image-architecture.ts";
import { imageExists } from "./checks/image-exists.ts";
import { loadBalancerReaches } from "./checks/load-balancer-reaches.ts";
import { loadBalancerZones } from "./checks/load-balancer-zones.ts";
import { logGroupExists } from "./checks/log-group-exists.ts";
import { logGroupFree } from "./checks/log-group-free.ts";
import { mountTargetAccess } from "./checks/mount-target-access.ts";
import { mountTargets } from "./checks/mount-targets.ts";
import { publicIp } from "./checks/public-ip.ts";
import { rolesExist } from "./checks/roles-exist.ts";
import { rolesTrust } from "./checks/roles-trust.ts";
import { secretsExist } from "./checks/secrets-exist.ts";
import { securityGroupsExist } from "./checks/security-groups-exist.ts";
import { securityGroupsOut } from "./checks/security-groups-out.ts";
import { securityGroupsVpc } from "./checks/security-groups-vpc.ts";
import { serviceLinkedRole } from "./checks/service-linked-role.ts";
import { stackReady } from "./checks/stack-ready.ts";
import { subnetAddresses } from "./checks/subnet-addresses.ts";
import { subnetWayOut } from "./checks/subnet-way-out.ts";
import { subnetsExist } from "./checks/subnets-exist.ts";
import { subnetsOneVpc } from "./checks/subnets-one-vpc.ts";
import { targetGroupAttached } from "./checks/target-group-attached.ts";
import { targetGroupExists } from "./checks/target-group-exists.ts";
import { targetGroupHealth } from "./checks/target-group-health.ts";
import { targetGroupProtocol } from "./checks/target-group-protocol.ts";
import { targetGroupType } from "./checks/target-group-type.ts";
import { targetGroupVpc } from "./checks/target-group-vpc.ts";
import { vpcDns } from "./checks/vpc-dns.ts";

/** All checks. */
export const checks: readonly Check[] = [
  clusterActive,
  serviceLinkedRole,
  stackReady,
  logGroupFree,
  rolesExist,
  rolesTrust,
  executionRolePermissions,
  subnetsExist,
  subnetsOneVpc,
  subnetAddresses,
  subnetWayOut,
  publicIp,
  vpcDns,
  securityGroupsExist,
  securityGroupsVpc,
  securityGroupsOut,
  endpointsLetIn,
  imageExists,
  imageArchitecture,
  secretsExist,
  logGroupExists,
  fargateQuota,
  capacityProviders,
  targetGroupExists,
  targetGroupType,
  targetGroupVpc,
  targetGroupAttached,
  targetGroupProtocol,
  targetGroupHealth,
  loadBalancerReaches,
  loadBalancerZones,
  fileSystemAvailable,
  mountTargets,
  mountTargetAccess,
  accessPoints,
];
