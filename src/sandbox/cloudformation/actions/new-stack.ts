import type { Context, Input } from "../../service.ts";
import type { Desired, Stack } from "../state.ts";
import { flag, listOf, text } from "./read.ts";

/** A stack record as it is before anything was done for it. */
export function newStack(name: string, desired: Desired, input: Input, ctx: Context): Stack {
  const id = `arn:aws:cloudformation:${ctx.region}:${ctx.accountId}:stack/${name}/${ctx.uuid()}`;
  const timeout = text(input["TimeoutInMinutes"]);
  const role = text(input["RoleARN"]);
  return {
    id,
    name,
    status: "CREATE_IN_PROGRESS",
    desired,
    resources: {},
    outputs: [],
    createdAt: ctx.now(),
    disableRollback: false,
    terminationProtection: flag(input["EnableTerminationProtection"]),
    notificationArns: listOf<string>(input["NotificationARNs"]),
    events: [],
    operations: [],
    changeSets: [],
    tokens: {},
    ...(timeout === undefined ? {} : { timeoutInMinutes: Number(timeout) }),
    ...(role === undefined ? {} : { roleArn: role }),
  };
}
