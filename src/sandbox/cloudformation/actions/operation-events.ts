import { AwsError } from "../../errors.ts";
import type { Context, Handler, Output } from "../../service.ts";
import { invalid } from "../invalid.ts";
import type { ChangeSet, Stack } from "../state.ts";
import { changeSetOf } from "./change-sets.ts";
import { eventMembers } from "./describe.ts";
import { namedStack } from "./find.ts";
import { page } from "./paging.ts";
import { flag, text } from "./read.ts";

const PAGE = 100;

function progress(stack: Stack): Output[] {
  const records = new Map(stack.operations.map((one) => [one.id, one]));
  return stack.events.map((event) => {
    const operation = records.get(event.operationId);
    const isStack = event.physicalId === stack.id;
    const failed = event.status.endsWith("_FAILED");
    return {
      ...eventMembers(stack, event),
      EventType: isStack ? "STACK_EVENT" : failed ? "PROVISIONING_ERROR" : "PROGRESS_EVENT",
      OperationType: operation?.type,
      OperationStatus: isStack ? operation?.status : undefined,
      StartTime: isStack && operation ? new Date(operation.startedAt) : undefined,
      EndTime: isStack && operation?.endedAt !== undefined ? new Date(operation.endedAt) : undefined,
    };
  });
}

function validations(stack: Stack, changeSet: ChangeSet): Output[] {
  return changeSet.validations.map((one, index) => ({
    EventId: `${changeSet.operationId}-validation-${index}`,
    StackId: stack.id,
    OperationId: changeSet.operationId,
    OperationType: "CREATE_CHANGESET",
    OperationStatus: "FAILED",
    EventType: "VALIDATION_ERROR",
    LogicalResourceId: one.logicalId,
    PhysicalResourceId: "",
    ResourceType: one.type,
    Timestamp: new Date(changeSet.createdAt),
    ClientRequestToken: changeSet.token,
    ValidationFailureMode: "FAIL",
    ValidationName: one.name,
    ValidationStatus: "FAILED",
    ValidationStatusReason: one.reason,
    ValidationPath: one.path,
  }));
}

function byOperation(ctx: Context, id: string): { stack: Stack; changeSet?: ChangeSet } {
  for (const stack of Object.values(ctx.state.cloudformation.stacks)) {
    const changeSet = stack.changeSets.find((one) => one.operationId === id);
    if (changeSet) return { stack, changeSet };
    if (stack.operations.some((one) => one.id === id)) return { stack };
  }
  throw new AwsError("OperationNotFoundException", `Operation ${id} does not exist`, { status: 404 });
}

function isFailure(event: Output): boolean {
  return (
    event["EventType"] === "VALIDATION_ERROR" ||
    event["EventType"] === "PROVISIONING_ERROR" ||
    String(event["ResourceStatus"]).endsWith("_FAILED")
  );
}

/** DescribeEvents: of a stack, an operation or a change set, newest first, all of them or the failures. */
export const describeEvents: Handler = (input, ctx) => {
  const [operationId, changeSetName] = [text(input["OperationId"]), text(input["ChangeSetName"])];
  if (operationId === undefined && changeSetName === undefined && text(input["StackName"]) === undefined) {
    throw invalid("One of ChangeSetName, OperationId or StackName must be specified as input");
  }
  const found =
    changeSetName !== undefined ? changeSetOf(input, ctx) : operationId !== undefined ? byOperation(ctx, operationId) : undefined;
  const stack = found?.stack ?? namedStack(input, ctx, true);
  const events = found?.changeSet
    ? validations(stack, found.changeSet)
    : [...stack.changeSets.flatMap((one) => validations(stack, one)), ...progress(stack)];
  const filters = (input["Filters"] ?? {}) as Record<string, unknown>;
  const wanted = events.filter(
    (event) => (operationId === undefined || event["OperationId"] === operationId) && (!flag(filters["FailedEvents"]) || isFailure(event)),
  );
  const { items, NextToken } = page(wanted.toReversed(), input["NextToken"], PAGE);
  return { OperationEvents: items, NextToken };
};
