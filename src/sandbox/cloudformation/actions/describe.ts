import type { Context, Handler, Output } from "../../service.ts";
import { invalid } from "../invalid.ts";
import { templateOf } from "../operations/scope.ts";
import type { Stack, StackEvent, StackResource } from "../state.ts";
import { describedStack, namedStack } from "./find.ts";
import { page } from "./paging.ts";
import { listOf, required } from "./read.ts";

const PAGE = 100;
const NOT_CHECKED = { StackDriftStatus: "NOT_CHECKED" };
const RESOURCE_NOT_CHECKED = { StackResourceDriftStatus: "NOT_CHECKED" };

function date(ms: number | undefined): Date | undefined {
  return ms === undefined ? undefined : new Date(ms);
}

/** The parameters of a stack as DescribeStacks shows them: those with NoEcho as asterisks. */
export function shownParameters(desired: Stack["desired"]): Output[] {
  if (Object.keys(desired.parameters).length === 0) return [];
  // A stack that is only under review by a change set has no template yet.
  const declared = desired.template === "" ? {} : templateOf(desired.template).parameters;
  return Object.entries(desired.parameters).map(([ParameterKey, value]) => {
    const declaration = declared[ParameterKey];
    const hidden = declaration?.NoEcho === true || declaration?.NoEcho === "true";
    return { ParameterKey, ParameterValue: hidden ? "****" : value };
  });
}

function lastOperations(stack: Stack): Output[] | undefined {
  const last = stack.operations.at(-1);
  if (!last) return undefined;
  const before = last.type === "ROLLBACK" ? stack.operations.at(-2) : undefined;
  return [last, ...(before ? [before] : [])].map((one) => ({ OperationType: one.type, OperationId: one.id }));
}

function described(stack: Stack): Output {
  return {
    StackId: stack.id,
    StackName: stack.name,
    ChangeSetId: stack.changeSets.find((one) => one.executedBy !== undefined)?.id,
    Description: stack.description,
    Parameters: shownParameters(stack.operation?.phase === "apply" ? stack.operation.desired : stack.desired),
    CreationTime: new Date(stack.createdAt),
    DeletionTime: date(stack.deletedAt),
    LastUpdatedTime: date(stack.updatedAt),
    RollbackConfiguration: {},
    StackStatus: stack.status,
    StackStatusReason: stack.statusReason,
    DisableRollback: stack.disableRollback,
    NotificationARNs: stack.notificationArns,
    TimeoutInMinutes: stack.timeoutInMinutes,
    Capabilities: stack.desired.capabilities,
    Outputs: stack.outputs,
    RoleARN: stack.roleArn,
    Tags: stack.desired.tags,
    EnableTerminationProtection: stack.terminationProtection,
    ParentId: stack.parentId,
    RootId: stack.rootId,
    DriftInformation: NOT_CHECKED,
    LastOperations: lastOperations(stack),
  };
}

function newestFirst(ctx: Context): Stack[] {
  return Object.values(ctx.state.cloudformation.stacks).reverse();
}

/** DescribeStacks: one by name or id, or all that are not deleted. */
export const describeStacks: Handler = (input, ctx) => {
  if (input["StackName"] !== undefined) return { Stacks: [described(describedStack(input, ctx))] };
  const live = newestFirst(ctx).filter((stack) => stack.deletedAt === undefined);
  const { items, NextToken } = page(live, input["NextToken"], PAGE);
  return { Stacks: items.map(described), NextToken };
};

/** ListStacks: also those deleted within ninety days. */
export const listStacks: Handler = (input, ctx) => {
  const wanted = listOf<string>(input["StackStatusFilter"]);
  const oldest = ctx.now() - 90 * 24 * 3_600_000;
  const all = newestFirst(ctx).filter(
    (stack) => (wanted.length === 0 || wanted.includes(stack.status)) && (stack.deletedAt === undefined || stack.deletedAt > oldest),
  );
  const { items, NextToken } = page(all, input["NextToken"], PAGE);
  return {
    StackSummaries: items.map((stack) => ({
      StackId: stack.id,
      StackName: stack.name,
      TemplateDescription: stack.description,
      CreationTime: new Date(stack.createdAt),
      LastUpdatedTime: date(stack.updatedAt),
      DeletionTime: date(stack.deletedAt),
      StackStatus: stack.status,
      StackStatusReason: stack.statusReason,
      ParentId: stack.parentId,
      RootId: stack.rootId,
      DriftInformation: NOT_CHECKED,
      LastOperations: lastOperations(stack),
    })),
    NextToken,
  };
};

/** The members of a stack event that DescribeStackEvents and DescribeEvents share. */
export function eventMembers(stack: Stack, event: StackEvent): Output {
  return {
    StackId: stack.id,
    EventId: event.id,
    OperationId: event.operationId,
    LogicalResourceId: event.logicalId,
    PhysicalResourceId: event.physicalId,
    ResourceType: event.type,
    Timestamp: new Date(event.at),
    ResourceStatus: event.status,
    ResourceStatusReason: event.reason,
    ResourceProperties: event.properties,
    ClientRequestToken: event.token,
  };
}

/** DescribeStackEvents: newest first; of a deleted stack by its id only. */
export const describeStackEvents: Handler = (input, ctx) => {
  const stack = namedStack(input, ctx, true);
  const { items, NextToken } = page(stack.events.toReversed(), input["NextToken"], PAGE);
  return { StackEvents: items.map((event) => ({ ...eventMembers(stack, event), StackName: stack.name })), NextToken };
};

function resourceMembers(stack: Stack, one: StackResource): Output {
  return {
    StackName: stack.name,
    StackId: stack.id,
    LogicalResourceId: one.logicalId,
    PhysicalResourceId: one.physicalId,
    ResourceType: one.type,
    ResourceStatus: one.status,
    ResourceStatusReason: one.statusReason,
    DriftInformation: RESOURCE_NOT_CHECKED,
  };
}

/** ListStackResources. */
export const listStackResources: Handler = (input, ctx) => {
  const stack = describedStack(input, ctx);
  const { items, NextToken } = page(Object.values(stack.resources), input["NextToken"], PAGE);
  const summary = (one: StackResource) => {
    const { StackName: _name, StackId: _id, ...rest } = resourceMembers(stack, one);
    return { ...rest, LastUpdatedTimestamp: new Date(one.timestamp) };
  };
  return { StackResourceSummaries: items.map(summary), NextToken };
};

/** DescribeStackResource. */
export const describeStackResource: Handler = (input, ctx) => {
  const name = required(input, "StackName");
  const id = required(input, "LogicalResourceId");
  const stack = describedOr(input, ctx, `Stack '${name}' does not exist`);
  const one = stack.resources[id];
  if (!one) throw invalid(`Resource ${id} does not exist for stack ${stack.name}`);
  return {
    StackResourceDetail: {
      ...resourceMembers(stack, one),
      LastUpdatedTimestamp: new Date(one.timestamp),
      Metadata: JSON.stringify(one.metadata ?? {}),
    },
  };
};

function describedOr(input: Record<string, unknown>, ctx: Context, message: string): Stack {
  try {
    return describedStack(input, ctx);
  } catch {
    throw invalid(message);
  }
}

/** DescribeStackResources: of a stack, or of the stack that holds a physical resource. */
export const describeStackResources: Handler = (input, ctx) => {
  const physical = input["PhysicalResourceId"];
  const holder = typeof physical === "string" ? holderOf(ctx, physical) : undefined;
  if (typeof physical === "string" && !holder) throw invalid(`Stack for ${physical} does not exist`);
  const stack = holder ?? describedStack(input, ctx);
  const logical = input["LogicalResourceId"];
  const wanted = Object.values(stack.resources).filter((one) => logical === undefined || one.logicalId === logical);
  return { StackResources: wanted.slice(0, PAGE).map((one) => ({ ...resourceMembers(stack, one), Timestamp: new Date(one.timestamp) })) };
};

function holderOf(ctx: Context, physicalId: string): Stack | undefined {
  return Object.values(ctx.state.cloudformation.stacks).find(
    (stack) => stack.deletedAt === undefined && Object.values(stack.resources).some((one) => one.physicalId === physicalId),
  );
}
