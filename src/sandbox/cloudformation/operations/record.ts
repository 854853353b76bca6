import type { Context } from "../../service.ts";
import type { Operation, OperationRecord, Stack, StackEvent, StackResource } from "../state.ts";

function push(stack: Stack, ctx: Context, event: Omit<StackEvent, "at" | "token" | "operationId">): void {
  const operation = stack.operation;
  stack.events.push({
    ...event,
    at: ctx.now(),
    operationId: operation?.id ?? stack.operations.at(-1)?.id ?? ctx.uuid(),
    ...(operation?.token === undefined ? {} : { token: operation.token }),
  });
}

/** Gives the stack a status and writes the event that says so. */
export function stackIs(stack: Stack, ctx: Context, status: string, reason?: string): void {
  stack.status = status;
  if (reason === undefined) delete stack.statusReason;
  else stack.statusReason = reason;
  push(stack, ctx, {
    id: ctx.uuid(),
    logicalId: stack.name,
    physicalId: stack.id,
    type: "AWS::CloudFormation::Stack",
    status,
    ...(reason === undefined ? {} : { reason }),
  });
}

/** The id AWS gives a resource's event, `LogicalId-STATUS-time`, told apart when the same happens twice in a millisecond. */
function resourceEventId(stack: Stack, ctx: Context, what: string): string {
  const id = `${what}-${new Date(ctx.now()).toISOString()}`;
  const before = stack.events.findLastIndex((event) => event.at !== ctx.now());
  const taken = stack.events.slice(before + 1).some((event) => event.id === id);
  return taken ? `${id}-${ctx.hex(8)}` : id;
}

/** Gives a resource a status and writes the event that says so. */
export function resourceIs(stack: Stack, ctx: Context, resource: StackResource, status: string, reason?: string): void {
  resource.status = status;
  resource.timestamp = ctx.now();
  if (reason === undefined) delete resource.statusReason;
  else resource.statusReason = reason;
  push(stack, ctx, {
    id: resourceEventId(stack, ctx, `${resource.logicalId}-${status}`),
    logicalId: resource.logicalId,
    physicalId: resource.physicalId ?? "",
    type: resource.type,
    status,
    ...(reason === undefined ? {} : { reason }),
    properties: JSON.stringify(resource.properties),
  });
}

/** Makes an operation the stack's current one and notes it in the stack's list. */
export function operationBegins(stack: Stack, ctx: Context, operation: Operation): void {
  stack.operation = operation;
  const record: OperationRecord = {
    id: operation.id,
    type: operation.type,
    startedAt: ctx.now(),
    status: "IN_PROGRESS",
    ...(operation.token === undefined ? {} : { token: operation.token }),
  };
  stack.operations.push(record);
}

/** Notes how the current operation ended. */
export function operationEnds(stack: Stack, ctx: Context, status: "SUCCEEDED" | "FAILED"): void {
  const record = stack.operations.findLast((one) => one.id === stack.operation?.id);
  if (!record) return;
  record.status = status;
  record.endedAt = ctx.now();
}
