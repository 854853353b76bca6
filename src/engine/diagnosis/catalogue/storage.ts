import type { Cause } from "./cause.ts";
import { ecs, repost } from "./links.ts";

const efsDocs = [ecs("efs-volumes"), repost("fargate-unable-to-mount-efs")];

/** Volumes: EFS mounts and volumes that could not be created. */
export const storage: readonly Cause[] = [
  {
    id: "efs-access-denied",
    title: "EFS refused the mount",
    origins: ["task"],
    rootness: "root",
    likelihood: 0.95,
    match: [
      /access denied by server while mounting/,
      /not authorized to perform:? elasticfilesystem:Client/,
      /(?:EFS utils|mount\.nfs4?)…(?:access denied|AccessDenied|permission denied)/,
    ],
    cause:
      "The file system's policy or the access point wants IAM authorization the task does not have, or encryption in transit and IAM settings do not match.",
    fix: [
      "Give the task role[[ ({taskRole})]] elasticfilesystem:ClientMount (and ClientWrite) on the file system; turn the volume's encryption in transit and IAM authorization on.",
      "Look at the file system's policy for a deny, and for a condition on the access point.",
    ],
    fields: ["volumes[].iamAuthorization", "volumes[].encryptionInTransit", "configuration.taskRole"],
    docs: efsDocs,
  },
  {
    id: "efs-root-dir-missing",
    title: "The EFS directory to mount does not exist",
    origins: ["task"],
    rootness: "root",
    likelihood: 0.97,
    match: [
      /mounting <target> failed, reason given by server: No such file or directory/,
      /(?:EFS utils|mount\.nfs4?)…No such file or directory/,
    ],
    cause: "The volume's root directory names a directory that is not on the file system[[ ({target})]]. ECS does not create it.",
    fix: [
      "Set the volume's root directory to “/” (or leave it out), or choose an access point: EFS creates an access point's path.",
      "Or create the directory from a machine that mounts the file system.",
    ],
    fields: ["volumes[].rootDirectory", "volumes[].accessPointId"],
    docs: efsDocs,
  },
  {
    id: "efs-dns-resolve",
    title: "The EFS host name does not resolve",
    origins: ["task"],
    rootness: "root",
    likelihood: 0.92,
    match: [
      /failed to resolve "?(?<host>(?:[\w-]+\.)?fs-[\w-]+(?:\.[\w.-]*[\w-])?)/,
      /check that your file system ID is correct/,
      /lookup mount target ip address/,
      /(?:EFS utils|mount\.nfs4?|fs-[0-9a-z]+)…(?:name or service not known|could not resolve|failed to resolve|name resolution|mount target ip address cannot be found|no mount targets?)/,
      /no mount target…(?:availability zone|subnet|file system)/,
    ],
    cause:
      "There is no mount target in the task's Availability Zone[[ ({host})]], the file system's id or region is wrong, or the VPC's DNS is switched off.",
    fix: [
      "`aws efs describe-mount-targets --file-system-id {fileSystem}`: there must be one for every Availability Zone of the service's subnets[[ ({subnets})]].",
      "The VPC's enableDnsSupport and enableDnsHostnames must both be true.",
    ],
    fields: ["volumes[].fileSystemId", "network.subnets"],
    docs: efsDocs,
  },
  {
    id: "efs-mount-timeout",
    title: "The EFS mount timed out",
    origins: ["task"],
    rootness: "root",
    likelihood: 0.93,
    match: [
      /mount attempt \d+\/\d+ failed due to timeout/,
      /(?:EFS utils|mount\.nfs4?)…(?:timed out|timeout|connection refused|no route to host)/,
      /fs-[0-9a-z]{6,20}…mount…timed out/,
    ],
    cause: "NFS traffic (TCP 2049) between the task and the file system's mount target is dropped.",
    fix: [
      "The mount target's security group must let 2049 in from the task's security group[[ ({securityGroups})]]; the task's must let 2049 out.",
      "VPC with IPv6: allow 2049 over IPv6 as well.",
    ],
    fields: ["network.securityGroups", "volumes[].fileSystemId"],
    docs: efsDocs,
  },
  {
    id: "efs-mount-generic",
    title: "The EFS volume could not be mounted",
    origins: ["task"],
    rootness: "root",
    likelihood: 0.6,
    match: [
      /failed to invoke EFS utils/,
      /unsuccessful EFS utils/,
      /mount\.nfs4?\b.{0,40}(?:fail|error|denied|unable|:)/,
      /(?:failed|unable) to (?:mount|set up) (?:the )?EFS/,
      /EFS (?:volume|mount)…(?:failed|failure|error)/,
    ],
    cause: "Mounting failed and the reason is cut off: security group (2049), missing mount target, directory, or IAM.",
    fix: [
      "Read the whole reason with `ecs-wizard errors[[ {profile}]]`.",
      "Check in this order: a mount target in each zone, 2049 both ways, the root directory, IAM.",
    ],
    fields: ["volumes[].fileSystemId", "network.securityGroups", "volumes[].rootDirectory", "volumes[].iamAuthorization"],
    docs: efsDocs,
  },
  {
    id: "volume-create-failed",
    title: "A volume for the task could not be created",
    origins: ["task"],
    rootness: "root",
    likelihood: 0.7,
    match: [
      /CannotCreateVolumeError/,
      /(?:failed|unable|could not|error|timed? ?out)…(?:create|creating|attach|attaching|attachment|provision|format)…EBS volume/,
      /EBS volume…(?:creation|create|attach|provision)…(?:fail|timed? ?out|error|limit)/,
      /(?:failed|unable) to (?:create|initialize|mount) (?:the )?(?:task |docker )?volume/,
    ],
    cause:
      "ECS could not create or attach a volume: an EBS volume (infrastructure role, quota, zone), or a volume the image declares (VOLUME over a path with content).",
    fix: [
      "VOLUME in the Dockerfile: try without that line, or mount a volume of type bind at that path.",
      "EBS volumes are not part of this step; such a service's infrastructure role needs AmazonECSInfrastructureRolePolicyForVolumes.",
    ],
    fields: ["containers[].mountPoints", "volumes"],
    docs: [ecs("ebs-volumes"), ecs("fargate-task-storage")],
  },
];
