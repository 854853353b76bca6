import { AwsError } from "../../errors.ts";
import type { Context, Handler, Input, Output } from "../../service.ts";
import { withoutValues } from "../changes/describe.ts";
import { invalid } from "../invalid.ts";
import { stackIs } from "../operations/record.ts";
import type { ChangeSet, Operation, Stack } from "../state.ts";
import { refuseUnlessUpdatable, runDesired } from "./create-update-delete.ts";
import { shownParameters } from "./describe.ts";
import { describedStack, findStack } from "./find.ts";
import { newStack } from "./new-stack.ts";
import { page } from "./paging.ts";
import { checkEvaluation, desiredOf } from "./prepare.ts";
import { EMPTY_RESULT, flag, listOf, newName, refuseUnknownEffects, required, text, tokenOf } from "./read.ts";

const PAGE = 100;

function notFound(name: string): AwsError {
  return new AwsError("ChangeSetNotFound", `ChangeSet [${name}] does not exist`, { status: 404 });
}

/** The change set a request names, by id or by name and stack, with its stack; throws ChangeSetNotFound. */
export function changeSetOf(input: Input, ctx: Context): { stack: Stack; changeSet: ChangeSet } {
  const name = required(input, "ChangeSetName");
  const byId = name.startsWith("arn:");
  if (!byId && text(input["StackName"]) === undefined)
    throw invalid("StackName must be specified if ChangeSetName is not specified as an ARN.");
  const stacks = byId ? Object.values(ctx.state.cloudformation.stacks) : [describedStack(input, ctx)];
  for (const stack of stacks) {
    const changeSet = stack.changeSets.find((one) => (byId ? one.id === name : one.name === name));
    if (changeSet) return { stack, changeSet };
  }
  throw notFound(name);
}

function reviewed(name: string, type: string, input: Input, ctx: Context): Stack {
  const existing = findStack(ctx, name);
  if (type === "UPDATE") {
    if (!existing || existing.deletedAt !== undefined) throw invalid(`Stack [${name}] does not exist`);
    refuseUnlessUpdatable(existing);
    return existing;
  }
  if (existing && existing.status !== "REVIEW_IN_PROGRESS") {
    throw invalid(
      `Stack [${existing.name}] already exists and cannot be created again with the changeSet [${String(input["ChangeSetName"])}].`,
    );
  }
  if (existing) return existing;
  const empty = { template: "", parameters: {}, tags: [], capabilities: [] };
  return newStack(newName(input, "StackName"), empty, input, ctx);
}

/** CreateChangeSet: answers at once; the changes are there some seconds later. */
export const createChangeSet: Handler = (input, ctx) => {
  refuseUnknownEffects(input);
  const type = text(input["ChangeSetType"]) ?? "UPDATE";
  if (type !== "CREATE" && type !== "UPDATE")
    throw invalid(`Value '${type}' at 'changeSetType' failed to satisfy constraint: Member must satisfy enum value set: [CREATE, UPDATE]`);
  const changeSetName = newName(input, "ChangeSetName");
  const name = required(input, "StackName");
  const stack = reviewed(name, type, input, ctx);
  const desired = desiredOf(input, type === "UPDATE" ? stack : undefined);
  if (type === "CREATE") checkEvaluation(stack, desired, ctx);
  if (stack.changeSets.some((one) => one.name === changeSetName)) {
    throw new AwsError("AlreadyExistsException", `ChangeSet ${changeSetName} already exists`, { status: 400 });
  }
  const { stacks, names } = ctx.state.cloudformation;
  if (!stacks[stack.id]) {
    stacks[stack.id] = stack;
    names[stack.name] = stack.id;
    stackIs(stack, ctx, "REVIEW_IN_PROGRESS", "User Initiated");
  }
  const [token, failure, role, description] = [
    tokenOf(input, "ClientToken"),
    text(input["OnStackFailure"]),
    text(input["RoleARN"]),
    text(input["Description"]),
  ];
  const changeSet: ChangeSet = {
    id: `arn:aws:cloudformation:${ctx.region}:${ctx.accountId}:changeSet/${changeSetName}/${ctx.uuid()}`,
    name: changeSetName,
    type,
    createdAt: ctx.now(),
    status: "CREATE_PENDING",
    executionStatus: "UNAVAILABLE",
    desired,
    disableRollback: false,
    changes: [],
    operationId: ctx.uuid(),
    notificationArns: listOf<string>(input["NotificationARNs"]),
    validations: [],
    checked: !flag(input["DisableValidation"]),
    ...(description === undefined ? {} : { description }),
    ...(failure === undefined ? {} : { onFailure: failure as Operation["onFailure"] }),
    ...(token === undefined ? {} : { token }),
    ...(role === undefined ? {} : { roleArn: role }),
  };
  stack.changeSets.push(changeSet);
  ctx.schedule(300, "cloudformation:change-set", { stackId: stack.id, changeSetId: changeSet.id });
  return { Id: changeSet.id, StackId: stack.id };
};

function executionStatus(stack: Stack, changeSet: ChangeSet): string {
  if (changeSet.executedBy === undefined) return changeSet.executionStatus;
  const status = stack.operations.find((one) => one.id === changeSet.executedBy)?.status;
  return status === "SUCCEEDED" ? "EXECUTE_COMPLETE" : status === "FAILED" ? "EXECUTE_FAILED" : "EXECUTE_IN_PROGRESS";
}

function summary(stack: Stack, changeSet: ChangeSet): Output {
  return {
    StackId: stack.id,
    StackName: stack.name,
    ChangeSetId: changeSet.id,
    ChangeSetName: changeSet.name,
    ExecutionStatus: executionStatus(stack, changeSet),
    Status: changeSet.status,
    StatusReason: changeSet.statusReason,
    CreationTime: new Date(changeSet.createdAt),
    Description: changeSet.description,
    IncludeNestedStacks: false,
    ImportExistingResources: false,
  };
}

/** DescribeChangeSet: changes a hundred at a time; values and contexts only with IncludePropertyValues. */
export const describeChangeSet: Handler = (input, ctx) => {
  const { stack, changeSet } = changeSetOf(input, ctx);
  const { items, NextToken } = page(changeSet.changes, input["NextToken"], PAGE);
  return {
    ...summary(stack, changeSet),
    Parameters: shownParameters(changeSet.desired),
    NotificationARNs: changeSet.notificationArns,
    RollbackConfiguration: {},
    Capabilities: changeSet.desired.capabilities,
    Tags: changeSet.desired.tags,
    OnStackFailure: changeSet.onFailure,
    Changes: flag(input["IncludePropertyValues"]) ? items : withoutValues(items),
    NextToken,
  };
};

/** ListChangeSets. */
export const listChangeSets: Handler = (input, ctx) => {
  const stack = describedStack(input, ctx);
  const { items, NextToken } = page(stack.changeSets.toReversed(), input["NextToken"], PAGE);
  return { Summaries: items.map((one) => summary(stack, one)), NextToken };
};

/** ExecuteChangeSet: the other change sets of the stack go, being obsolete. */
export const executeChangeSet: Handler = (input, ctx) => {
  const { stack, changeSet } = changeSetOf(input, ctx);
  const status = executionStatus(stack, changeSet);
  if (status !== "AVAILABLE") {
    throw new AwsError(
      "InvalidChangeSetStatus",
      `ChangeSet [${changeSet.id}] cannot be executed in its current status of [${changeSet.status}]`,
      { status: 400 },
    );
  }
  if (changeSet.type === "UPDATE") refuseUnlessUpdatable(stack);
  const options = {
    token: tokenOf(input),
    disableRollback: flag(input["DisableRollback"]) || changeSet.onFailure === "DO_NOTHING",
    ...(changeSet.onFailure === undefined ? {} : { onFailure: changeSet.onFailure }),
  };
  stack.changeSets = [changeSet];
  if (changeSet.type === "CREATE") stack.createdAt = ctx.now();
  runDesired(stack, changeSet.desired, changeSet.type === "CREATE", options, ctx);
  const begun = stack.operations.findLast((one) => one.type !== "ROLLBACK")?.id;
  if (begun !== undefined) changeSet.executedBy = begun;
  return EMPTY_RESULT;
};

/** DeleteChangeSet: succeeds when it is gone already, as long as it is named by id. */
export const deleteChangeSet: Handler = (input, ctx) => {
  const name = required(input, "ChangeSetName");
  if (!name.startsWith("arn:")) describedStack(input, ctx);
  try {
    const { stack, changeSet } = changeSetOf(input, ctx);
    stack.changeSets = stack.changeSets.filter((one) => one !== changeSet);
  } catch (error) {
    if (!(error instanceof AwsError && error.code === "ChangeSetNotFound")) throw error;
  }
  return EMPTY_RESULT;
};
