/** Secrets, parameters, log groups and file systems, for the checks. Values of secrets are never read. */
import type { Account } from "../../engine/preflight/account.ts";
import { sanitizeLine } from "../../engine/sanitize.ts";
import { collect } from "../support/streams.ts";
import { type Questions, unlessAbsent, within } from "./questions.ts";

type SecretPart = Pick<Account, "secret" | "secretHasPolicy" | "hasParameter" | "hasLogGroup">;

/** The part of an account that has secrets and logs. */
export function secretPart({ once, call, signal }: Questions): SecretPart {
  const options = within({ signal });
  return {
    secret: (arn) =>
      once(["secret", arn], async () => {
        const found = await unlessAbsent(
          call(async (clients) => {
            const { DescribeSecretCommand } = await import("@aws-sdk/client-secrets-manager");
            return await (await clients.secretsManager()).send(new DescribeSecretCommand({ SecretId: arn }), options);
          }),
          "ResourceNotFoundException",
        );
        return found && { name: sanitizeLine(found.Name ?? arn), arn: found.ARN ?? arn, deleted: found.DeletedDate !== undefined };
      }),
    secretHasPolicy: (arn) =>
      once(["secret policy", arn], () =>
        call(async (clients) => {
          const { GetResourcePolicyCommand } = await import("@aws-sdk/client-secrets-manager");
          const { ResourcePolicy } = await (await clients.secretsManager()).send(new GetResourcePolicyCommand({ SecretId: arn }), options);
          return ResourcePolicy !== undefined && ResourcePolicy !== "";
        }),
      ),
    // By a filter: GetParameters would answer with the values.
    hasParameter: (name) =>
      once(["parameter", name], () =>
        call(async (clients) => {
          const { paginateDescribeParameters } = await import("@aws-sdk/client-ssm");
          // The ARN of a name without a path is the same with and without a slash before it.
          const names = name.includes("/") ? [name] : [name, `/${name}`];
          const asked = { ParameterFilters: [{ Key: "Name", Option: "Equals", Values: names }] };
          const pages = paginateDescribeParameters({ client: await clients.ssm() }, asked, options);
          return (await collect(pages, ({ Parameters }) => Parameters)).length > 0;
        }),
      ),
    hasLogGroup: (name, region) =>
      once(["log group", name, region], () =>
        call(async (clients) => {
          const { DescribeLogGroupsCommand } = await import("@aws-sdk/client-cloudwatch-logs");
          // In the order of their names, the group itself comes first of all that begin like it.
          const asked = new DescribeLogGroupsCommand({ logGroupNamePrefix: name, limit: 1 });
          const { logGroups = [] } = await (await clients.logs(region)).send(asked, options);
          return logGroups.some(({ logGroupName }) => logGroupName === name);
        }),
      ),
  };
}

type FilePart = Pick<Account, "fileSystem" | "mountTargets" | "mountTargetGroups" | "accessPoint">;

/** The part of an account that has file systems. */
export function filePart({ once, call, signal }: Questions): FilePart {
  const options = within({ signal });
  return {
    fileSystem: (id) =>
      once(["file system", id], async () => {
        const found = await unlessAbsent(
          call(async (clients) => {
            const { DescribeFileSystemsCommand } = await import("@aws-sdk/client-efs");
            return await (await clients.efs()).send(new DescribeFileSystemsCommand({ FileSystemId: id }), options);
          }),
          "FileSystemNotFound",
        );
        const system = found?.FileSystems?.[0];
        return system && { id, state: system.LifeCycleState ?? "" };
      }),
    mountTargets: (id) =>
      once(["mount targets", id], async () => {
        const { MountTargets = [] } = await call(async (clients) => {
          const { DescribeMountTargetsCommand } = await import("@aws-sdk/client-efs");
          return await (await clients.efs()).send(new DescribeMountTargetsCommand({ FileSystemId: id }), options);
        });
        return MountTargets.map(({ MountTargetId = "", AvailabilityZoneName = "", VpcId = "", LifeCycleState = "" }) => ({
          id: MountTargetId,
          zone: AvailabilityZoneName,
          vpcId: VpcId,
          state: LifeCycleState,
        }));
      }),
    mountTargetGroups: (id) =>
      once(["mount target groups", id], async () => {
        const { SecurityGroups = [] } = await call(async (clients) => {
          const { DescribeMountTargetSecurityGroupsCommand } = await import("@aws-sdk/client-efs");
          return await (await clients.efs()).send(new DescribeMountTargetSecurityGroupsCommand({ MountTargetId: id }), options);
        });
        return SecurityGroups;
      }),
    accessPoint: (id) =>
      once(["access point", id], async () => {
        const found = await unlessAbsent(
          call(async (clients) => {
            const { DescribeAccessPointsCommand } = await import("@aws-sdk/client-efs");
            return await (await clients.efs()).send(new DescribeAccessPointsCommand({ AccessPointId: id }), options);
          }),
          "AccessPointNotFound",
        );
        const point = found?.AccessPoints?.[0];
        return point && { id, fileSystemId: point.FileSystemId ?? "", state: point.LifeCycleState ?? "" };
      }),
  };
}
