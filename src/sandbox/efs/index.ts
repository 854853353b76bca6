import { AwsError } from "../errors.ts";
import { own, text, whole } from "../input.ts";
import { paginate } from "../paging.ts";
import type { Context, Handler, Input, Output, Service } from "../service.ts";
import { tagList } from "../tags.ts";
import type { AccessPoint, FileSystem, MountTarget } from "./state.ts";

const badRequest = (message: string): AwsError => new AwsError("BadRequest", message);

const notFound = (code: string, message: string): AwsError => new AwsError(code, message, { status: 404 });

const fileSystemOf = (id: string, ctx: Context): FileSystem => {
  const found = own(ctx.state.efs.fileSystems, id.slice(id.lastIndexOf("/") + 1));
  if (!found) throw notFound("FileSystemNotFound", `File system '${id}' does not exist.`);
  return found;
};

const accessPointOf = (id: string, ctx: Context): AccessPoint => {
  const found = own(ctx.state.efs.accessPoints, id.slice(id.lastIndexOf("/") + 1));
  if (!found) throw notFound("AccessPointNotFound", `Access Point '${id}' does not exist.`);
  return found;
};

const mountTargetOf = (id: string, ctx: Context): MountTarget => {
  const found = own(ctx.state.efs.mountTargets, id);
  if (!found) throw notFound("MountTargetNotFound", `Mount target '${id}' does not exist.`);
  return found;
};

const part = <T>(all: readonly T[], token: unknown, size: unknown) => {
  const limit = whole(size) ?? 100;
  if (!(limit >= 1)) throw badRequest("MaxItems must be greater than zero.");
  return paginate(all, text(token), limit, () => badRequest("Invalid Marker"));
};

const wireFileSystem =
  (ctx: Context) =>
  (each: FileSystem): Output => ({
    OwnerId: ctx.accountId,
    CreationToken: each.creationToken,
    FileSystemId: each.id,
    FileSystemArn: each.arn,
    CreationTime: new Date(each.createdAt),
    LifeCycleState: each.state,
    Name: each.tags["Name"],
    NumberOfMountTargets: Object.values(ctx.state.efs.mountTargets).filter(({ fileSystemId }) => fileSystemId === each.id).length,
    SizeInBytes: { Value: each.sizeBytes, ValueInIA: 0, ValueInStandard: each.sizeBytes, ValueInArchive: 0 },
    PerformanceMode: each.performanceMode,
    ThroughputMode: each.throughputMode,
    Encrypted: each.encrypted,
    ...(each.encrypted
      ? { KmsKeyId: `arn:aws:kms:${ctx.region}:${ctx.accountId}:key/${each.id.slice(3, 11)}-0000-4000-8000-000000000000` }
      : {}),
    Tags: tagList(each.tags),
    FileSystemProtection: { ReplicationOverwriteProtection: "ENABLED" },
  });

const wireMountTarget =
  (ctx: Context) =>
  (each: MountTarget): Output => ({
    OwnerId: ctx.accountId,
    MountTargetId: each.id,
    FileSystemId: each.fileSystemId,
    SubnetId: each.subnetId,
    VpcId: each.vpcId,
    LifeCycleState: each.state,
    IpAddress: each.address,
    NetworkInterfaceId: each.networkInterfaceId,
    AvailabilityZoneId: each.zoneId,
    AvailabilityZoneName: each.zone,
  });

const wireAccessPoint =
  (ctx: Context) =>
  (each: AccessPoint): Output => {
    const { path, ownerUid, ownerGid, permissions } = each.rootDirectory;
    return {
      ClientToken: each.clientToken,
      Name: each.tags["Name"],
      Tags: tagList(each.tags),
      AccessPointId: each.id,
      AccessPointArn: each.arn,
      FileSystemId: each.fileSystemId,
      ...(each.posixUser ? { PosixUser: { Uid: each.posixUser.uid, Gid: each.posixUser.gid } } : {}),
      RootDirectory: {
        Path: path,
        ...(permissions ? { CreationInfo: { OwnerUid: ownerUid, OwnerGid: ownerGid, Permissions: permissions } } : {}),
      },
      OwnerId: ctx.accountId,
      LifeCycleState: each.state,
    };
  };

const describeFileSystems: Handler = (input, ctx) => {
  const id = text(input["FileSystemId"]);
  const token = text(input["CreationToken"]);
  if (id && token) throw badRequest("You cannot specify both a file system ID and a creation token.");
  const all = id
    ? [fileSystemOf(id, ctx)]
    : Object.values(ctx.state.efs.fileSystems).filter((each) => !token || each.creationToken === token);
  const { items, next } = part(all, input["Marker"], input["MaxItems"]);
  return { FileSystems: items.map(wireFileSystem(ctx)), NextMarker: next };
};

const mountTargetsOf = (input: Input, ctx: Context): readonly MountTarget[] => {
  const [fileSystem, target, point] = ["FileSystemId", "MountTargetId", "AccessPointId"].map((member) => text(input[member]));
  if ([fileSystem, target, point].filter(Boolean).length !== 1) {
    throw badRequest("You must specify exactly one of the following: a file system ID, a mount target ID, or an access point ID.");
  }
  if (target) return [mountTargetOf(target, ctx)];
  const { id } = fileSystemOf(point ? accessPointOf(point, ctx).fileSystemId : (fileSystem ?? ""), ctx);
  return Object.values(ctx.state.efs.mountTargets).filter((each) => each.fileSystemId === id);
};

const describeMountTargets: Handler = (input, ctx) => {
  const { items, next } = part(mountTargetsOf(input, ctx), input["Marker"], input["MaxItems"]);
  return { MountTargets: items.map(wireMountTarget(ctx)), NextMarker: next };
};

const describeAccessPoints: Handler = (input, ctx) => {
  const point = text(input["AccessPointId"]);
  const fileSystem = text(input["FileSystemId"]);
  if (point && fileSystem) throw badRequest("You cannot specify both a file system ID and an access point ID.");
  const within = fileSystem ? fileSystemOf(fileSystem, ctx).id : undefined;
  const all = point
    ? [accessPointOf(point, ctx)]
    : Object.values(ctx.state.efs.accessPoints).filter((each) => !within || each.fileSystemId === within);
  const { items, next } = part(all, input["NextToken"], input["MaxResults"]);
  return { AccessPoints: items.map(wireAccessPoint(ctx)), NextToken: next };
};

/** The Elastic File System, to read. */
export const efs: Service = {
  scope: "elasticfilesystem",
  protocol: "rest-json",
  apiVersion: "2015-02-01",
  routes: [
    { method: "GET", path: "/2015-02-01/file-systems", action: "DescribeFileSystems" },
    { method: "GET", path: "/2015-02-01/mount-targets", action: "DescribeMountTargets" },
    { method: "GET", path: "/2015-02-01/mount-targets/{MountTargetId}/security-groups", action: "DescribeMountTargetSecurityGroups" },
    { method: "GET", path: "/2015-02-01/access-points", action: "DescribeAccessPoints" },
  ],
  actions: {
    DescribeFileSystems: describeFileSystems,
    DescribeMountTargets: describeMountTargets,
    DescribeMountTargetSecurityGroups: (input, ctx) => ({
      SecurityGroups: mountTargetOf(text(input["MountTargetId"]) ?? "", ctx).securityGroupIds,
    }),
    DescribeAccessPoints: describeAccessPoints,
  },
  resourceOf: (_, input, ctx) => {
    const target = own(ctx.state.efs.mountTargets, text(input["MountTargetId"]) ?? "");
    const id = text(input["FileSystemId"]) ?? target?.fileSystemId;
    const arn = `arn:aws:elasticfilesystem:${ctx.region}:${ctx.accountId}`;
    if (id) return `${arn}:file-system/${id}`;
    return text(input["AccessPointId"]) ? `${arn}:access-point/${input["AccessPointId"]}` : `${arn}:file-system/*`;
  },
  notes: {
    DescribeFileSystems: { parameters: "FileSystemId, CreationToken, MaxItems, Marker" },
    DescribeMountTargets: { parameters: "FileSystemId, MountTargetId, AccessPointId, MaxItems, Marker" },
    DescribeMountTargetSecurityGroups: { parameters: "MountTargetId" },
    DescribeAccessPoints: { parameters: "FileSystemId, AccessPointId, MaxResults, NextToken" },
  },
};
