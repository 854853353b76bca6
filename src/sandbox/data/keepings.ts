import type { EfsState } from "../efs/state.ts";
import { hexOf } from "../ids.ts";
import type { LogsState } from "../logs/state.ts";
import type { SecretsState } from "../secrets/state.ts";
import type { SsmState } from "../ssm/state.ts";
import type { RegionState } from "../world.ts";
import { accountId, ago, idOf } from "./names.ts";
import { groupId, placeInterface, subnetId } from "./network.ts";

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** The six characters Secrets Manager puts behind a name. */
const suffix = (name: string): string =>
  Array.from({ length: 6 }, (_, index) => letters[Number.parseInt(hexOf(`${name} ${index}`, 4), 16) % letters.length]).join("");

/** The ARN of a secret by name. */
export const secretArn = (name: string, region = "eu-west-1"): string =>
  `arn:aws:secretsmanager:${region}:${accountId}:secret:${name}-${suffix(name)}`;

const secrets: readonly (readonly [name: string, description: string, keys: readonly string[], deletedDaysAgo?: number])[] = [
  ["shop/db", "PostgreSQL of the shop", ["host", "port", "username", "password"]],
  ["shop/stripe-api-key", "Payments", []],
  ["shop/session-key", "Signs the sessions' cookies", []],
  ["analytics/warehouse", "Warehouse of the reports", ["username", "password"]],
  ["registry/docker-hub", "Pulls from Docker Hub", ["username", "password"]],
  ["shop/old-payment-key", "Replaced by shop/stripe-api-key", [], 3],
];

/** Puts the account's secrets into a region. */
export const putSecrets = (state: SecretsState, region: string, now: number): void => {
  for (const [name, description, jsonKeys, deleted] of secrets) {
    const arn = secretArn(name, region);
    state.secrets[arn] = {
      arn,
      name,
      description,
      createdAt: ago(now, 350, "d"),
      changedAt: ago(now, 45, "d"),
      accessedAt: ago(now, 1, "d"),
      ...(deleted ? { deletedAt: ago(now, deleted, "d") } : {}),
      rotationEnabled: name === "shop/db",
      versions: { [`${hexOf(name, 8)}-${hexOf(name, 4)}-4${hexOf(name, 3)}-a${hexOf(name, 3)}-${hexOf(name, 12)}`]: ["AWSCURRENT"] },
      jsonKeys: [...jsonKeys],
      tags: { team: name.split("/")[0] ?? "" },
    };
  }
};

const parameters: readonly (readonly [name: string, type: "String" | "StringList" | "SecureString", value?: string])[] = [
  ["/shop/production/db-host", "String", "shop.cluster-c9akciq32.eu-west-1.rds.amazonaws.com"],
  ["/shop/production/log-level", "String", "info"],
  ["/shop/production/features", "StringList", "new-cart,fast-search"],
  ["/shop/production/api-token", "SecureString"],
  ["/shop/staging/log-level", "String", "debug"],
  ["/analytics/bucket", "String", "acme-analytics"],
];

/** Puts the account's parameters into a region. */
export const putParameters = (state: SsmState, region: string, now: number): void => {
  for (const [name, type, value] of parameters) {
    state.parameters[name] = {
      name,
      arn: `arn:aws:ssm:${region}:${accountId}:parameter${name}`,
      type,
      ...(type === "SecureString" ? { keyId: "alias/aws/ssm" } : {}),
      ...(value ? { value } : {}),
      version: 3,
      tier: "Standard",
      modifiedAt: ago(now, 30, "d"),
      modifiedBy: `arn:aws:sts::${accountId}:assumed-role/Developer/ana`,
      tags: {},
    };
  }
};

interface FileSystemSpec {
  readonly name: string;
  readonly vpc: string;
  readonly group: string;
  /** Subnets with a mount target, by name and the first digits of their ids. */
  readonly mounted: readonly (readonly [name: string, begins?: string])[];
  /** Name → path and owner. */
  readonly accessPoints: Readonly<Record<string, readonly [path: string, uid: number]>>;
}

const fileSystems: readonly FileSystemSpec[] = [
  {
    name: "shop-media",
    vpc: "main",
    group: "media-efs",
    mounted: [
      ["private-a", "0f3"],
      ["private-b", "09c"],
    ],
    accessPoints: { uploads: ["/uploads", 1000], thumbnails: ["/thumbnails", 1000] },
  },
  { name: "reports-cache", vpc: "services", group: "internal-tasks", mounted: [], accessPoints: {} },
];

const putMountTargets = (region: RegionState, spec: FileSystemSpec, fileSystemId: string): void => {
  for (const [name, begins] of spec.mounted) {
    const subnet = region.ec2.subnets[subnetId(spec.vpc, name, begins)];
    if (!subnet) continue;
    const id = idOf("fsmt", `${spec.name} ${name}`);
    const groups = [groupId(spec.vpc, spec.group)];
    const eni = placeInterface(region.ec2, subnet, 30, {
      type: "efs",
      description: `EFS mount target for ${fileSystemId} (${id})`,
      groupIds: groups,
    });
    region.efs.mountTargets[id] = {
      id,
      fileSystemId,
      subnetId: subnet.id,
      vpcId: subnet.vpcId,
      zone: subnet.zone,
      zoneId: subnet.zoneId,
      address: eni.privateIp,
      networkInterfaceId: eni.id,
      securityGroupIds: groups,
      state: "available",
    };
  }
};

const putAccessPoints = (efs: EfsState, region: string, spec: FileSystemSpec, fileSystemId: string): void => {
  for (const [name, [path, uid]] of Object.entries(spec.accessPoints)) {
    const id = idOf("fsap", `${spec.name} ${name}`);
    efs.accessPoints[id] = {
      id,
      arn: `arn:aws:elasticfilesystem:${region}:${accountId}:access-point/${id}`,
      fileSystemId,
      clientToken: `console-${hexOf(name, 8)}`,
      state: "available",
      posixUser: { uid, gid: uid },
      rootDirectory: { path, ownerUid: uid, ownerGid: uid, permissions: "755" },
      tags: { Name: name },
    };
  }
};

/** Puts the account's file systems with mount targets and access points into a region that has its network already. */
export const putFileSystems = (region: RegionState, name: string, now: number): void => {
  for (const spec of fileSystems) {
    const id = idOf("fs", spec.name);
    region.efs.fileSystems[id] = {
      id,
      arn: `arn:aws:elasticfilesystem:${name}:${accountId}:file-system/${id}`,
      creationToken: `console-${hexOf(spec.name, 8)}`,
      createdAt: ago(now, 200, "d"),
      state: "available",
      performanceMode: "generalPurpose",
      throughputMode: "elastic",
      encrypted: true,
      sizeBytes: 42_000_000_000,
      tags: { Name: spec.name },
    };
    putMountTargets(region, spec, id);
    putAccessPoints(region.efs, name, spec, id);
  }
};

const logGroups: readonly (readonly [name: string, retention: number | undefined, lines: readonly string[]])[] = [
  ["/aws/lambda/resize-images", 14, ["START RequestId: 5b1f Version: $LATEST", "resized 3 images", "END RequestId: 5b1f"]],
  ["/ecs/legacy-reports", undefined, ["report 2025-12 written"]],
  ["/aws/ecs/containerinsights/production/performance", 1, []],
];

/** Puts log groups that nothing in the account's stacks made into a region. */
export const putLogGroups = (state: LogsState, region: string, now: number): void => {
  for (const [name, retention, lines] of logGroups) {
    const arn = `arn:aws:logs:${region}:${accountId}:log-group:${name}`;
    const at = ago(now, 2, "d");
    const stream = `2026/11/${hexOf(name, 32)}`;
    const events = lines.map((message, index) => ({ timestamp: at + index * 40, ingestedAt: at + 900, message }));
    state.groups[name] = {
      name,
      arn,
      createdAt: ago(now, 280, "d"),
      ...(retention ? { retentionDays: retention } : {}),
      streams: lines.length > 0 ? { [stream]: { name: stream, arn: `${arn}:log-stream:${stream}`, createdAt: at, events } } : {},
      tags: {},
    };
  }
};
