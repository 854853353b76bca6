import { decideForRole } from "../../iam/evaluate.ts";
import type { Fate } from "../state.ts";
import { reaches } from "./network.ts";
import type { Question } from "./question.ts";

/** The failure of a task whose log group does not exist or cannot be reached, or undefined. */
export function logGroupFate(question: Question): Fate | undefined {
  const { ctx, definition } = question;
  for (const container of definition.containerDefinitions) {
    const options = container.logConfiguration?.options ?? {};
    if (container.logConfiguration?.logDriver !== "awslogs") continue;
    if (!reaches(question, "logs")) {
      const text =
        "ResourceInitializationError: failed to validate logger args: The task cannot find the Amazon CloudWatch log group defined in the task definition. " +
        "There is a connection issue between the task and Amazon CloudWatch. Check your network configuration. : signal: killed";
      return { kind: "start-failure", afterMs: 75_000, stoppedReason: text, pulled: true };
    }
    const group = options["awslogs-group"] ?? "";
    const region = options["awslogs-region"] ?? ctx.region;
    if (ctx.world.regions[region]?.logs.groups[group]) continue;
    const role = definition.executionRoleArn ?? "";
    const arn = `arn:aws:logs:${region}:${ctx.accountId}:log-group:${group}:log-stream:`;
    const creates = options["awslogs-create-group"] === "true";
    if (creates && decideForRole(ctx.world, role, { action: "logs:CreateLogGroup", resource: arn }) === "allowed") continue;
    const session = `arn:aws:sts::${ctx.accountId}:assumed-role/${role.slice(role.lastIndexOf("/") + 1)}/${question.task.id}`;
    const denied = `AccessDeniedException: User: ${session} is not authorized to perform: logs:CreateLogGroup on resource: ${arn} because no identity-based policy allows the logs:CreateLogGroup action`;
    const reason = creates
      ? `failed to validate logger args: create log group failed: ${denied}`
      : "failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist.";
    return {
      kind: "start-failure",
      afterMs: 10_000,
      stoppedReason: `ResourceInitializationError: ${reason} : exit status 1`,
      pulled: true,
    };
  }
  return undefined;
}

function efsFailure(detail: string, afterMs: number): Fate {
  return {
    kind: "start-failure",
    afterMs,
    stoppedReason: `ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: ${detail} : unsuccessful EFS utils command execution; code: 1`,
    pulled: false,
  };
}

/** The failure of a task one of whose EFS volumes cannot be mounted in its zone, or undefined. */
export function efsFate({ ctx, task, definition }: Question): Fate | undefined {
  for (const { efsVolumeConfiguration: efs } of definition.volumes) {
    if (!efs) continue;
    const host = `${efs.fileSystemId}.efs.${ctx.region}.amazonaws.com`;
    const here = Object.values(ctx.state.efs.mountTargets).filter(
      (one) => one.fileSystemId === efs.fileSystemId && one.state === "available",
    );
    if (!here.some((one) => one.zone === task.zone)) {
      return efsFailure(
        `Failed to resolve "${host}" - check that your file system ID is correct, and ensure that the VPC has an EFS mount target for this file system ID.`,
        20_000,
      );
    }
    const target = here.find((one) => one.zone === task.zone);
    const open = (target?.securityGroupIds ?? []).some((id) =>
      ctx.state.ec2.securityGroups[id]?.rules.some(
        (rule) =>
          !rule.egress &&
          (rule.protocol === "-1" || (rule.fromPort <= 2049 && rule.toPort >= 2049)) &&
          (rule.groupId === undefined || task.securityGroups.includes(rule.groupId)),
      ),
    );
    if (target && target.securityGroupIds.length > 0 && !open) {
      return efsFailure(
        "Mount attempt 1/3 failed due to timeout after 15 sec, wait 0 sec before next attempt. Mount attempt 2/3 failed due to timeout after 15 sec, wait 0 sec before next attempt. b'mount.nfs4: mount system call failed'",
        50_000,
      );
    }
    const point = efs.authorizationConfig?.accessPointId;
    if (point !== undefined && ctx.state.efs.accessPoints[point]?.fileSystemId !== efs.fileSystemId) {
      return efsFailure("b'mount.nfs4: access denied by server while mounting 127.0.0.1:/'", 20_000);
    }
  }
  return undefined;
}
