/** What a stack of ours made for its service, written as a profile says it: named as another's, the stack would delete it. */
import { type Names, names } from "../names.ts";
import type { Json, JsonObject } from "../schema.ts";
import { isObject } from "../values/reading.ts";
import { effective } from "../values.ts";

/** The profile of a running service, with the execution role and the log group of its own stack left to that stack again. */
export function withOwnResources(profile: JsonObject, region: string): JsonObject {
  const generated = names(effective(profile).step);
  const { containers, taskExecutionRole, ...rest } = profile;
  return {
    ...rest,
    ...(taskExecutionRole === undefined || isOwnRole(taskExecutionRole, generated) ? {} : { taskExecutionRole }),
    ...(Array.isArray(containers) ? { containers: containers.map((each) => withOwnLogs(each, generated, region)) } : {}),
  };
}

/** CloudFormation names a role after stack and logical id, each cut to what has room, with a suffix of its own. */
function isOwnRole(role: Json, { stackName, executionRoleLogicalId }: Names): boolean {
  const arn = isObject(role) ? String(role["roleArn"]) : "";
  const [, stack, logicalId] = /^arn:[^:]+:iam::\d+:role\/(.+)-(TaskExec[A-Za-z0-9]*)-[A-Za-z0-9]+$/.exec(arn) ?? [];
  return stack !== undefined && logicalId !== undefined && stackName.startsWith(stack) && executionRoleLogicalId.startsWith(logicalId);
}

/** A container that logs as `auto` does, written so. */
function withOwnLogs(container: Json, { logGroupName }: Names, region: string): Json {
  if (!isObject(container)) return container;
  const { options, secretOptions } = isObject(container["logging"]) ? container["logging"] : {};
  if (!isObject(options) || secretOptions !== undefined) return container;
  const automatic = { "awslogs-group": logGroupName, "awslogs-region": region, "awslogs-stream-prefix": "ecs" };
  const differs = Object.entries(automatic).some(([key, value]) => options[key] !== value);
  return differs || Object.keys(options).length !== Object.keys(automatic).length ? container : { ...container, logging: { type: "auto" } };
}
