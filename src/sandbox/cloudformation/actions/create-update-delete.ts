import { AwsError } from "../../errors.ts";
import type { Context, Handler, Input } from "../../service.ts";
import { isNoChange } from "../changes/plan.ts";
import { invalid } from "../invalid.ts";
import { canonical, type Json } from "../json.ts";
import {
  beginCreate,
  beginDelete,
  beginUpdate,
  cancelUpdate,
  continueRollback,
  type OperationOptions,
  rollBackFailed,
} from "../operations/operations.ts";
import type { Operation, Stack } from "../state.ts";
import { findStack, namedStack } from "./find.ts";
import { newStack } from "./new-stack.ts";
import { checkEvaluation, desiredOf } from "./prepare.ts";
import { EMPTY_RESULT, flag, listOf, newName, refuseUnknownEffects, required, text, tokenOf } from "./read.ts";

/** The states from which a stack can be updated; a failed update whose resources were kept is one. */
const UPDATABLE = ["CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE", "UPDATE_FAILED", "IMPORT_COMPLETE"];

/** Throws "Stack:… is in X state and can not be updated." unless the stack can be. */
export function refuseUnlessUpdatable(stack: Stack): void {
  if (!UPDATABLE.includes(stack.status)) throw invalid(`Stack:${stack.id} is in ${stack.status} state and can not be updated.`);
}

function fingerprint(action: string, input: Input): string {
  const { ClientRequestToken: _token, ...rest } = input;
  return canonical({ action, ...rest } as Json);
}

/** Whether the very same request was made before with its token; throws when the token stood with another request. */
function isRepeated(stack: Stack | undefined, action: string, input: Input, token: string | undefined): boolean {
  if (!stack || token === undefined) return false;
  const before = stack.tokens[token];
  if (before === undefined) return false;
  if (before !== fingerprint(action, input))
    throw new AwsError("TokenAlreadyExistsException", "A client request token already exists.", { status: 400 });
  return true;
}

function remember(stack: Stack, action: string, input: Input, token: string | undefined): void {
  if (token !== undefined) stack.tokens[token] = fingerprint(action, input);
}

function answer(stack: Stack): { StackId: string; OperationId?: string } {
  const id = stack.operations.at(-1)?.id;
  return { StackId: stack.id, ...(id === undefined ? {} : { OperationId: id }) };
}

function onFailure(input: Input): Operation["onFailure"] | undefined {
  const given = text(input["OnFailure"]);
  if (given === undefined) return undefined;
  if (input["DisableRollback"] !== undefined) throw invalid("You can specify either DisableRollback or OnFailure, but not both.");
  return given as Operation["onFailure"];
}

/** CreateStack. */
export const createStack: Handler = (input, ctx) => {
  refuseUnknownEffects(input);
  const name = newName(input, "StackName");
  const token = tokenOf(input);
  const existing = findStack(ctx, name);
  if (existing && isRepeated(existing, "CreateStack", input, token)) return answer(existing);
  const failure = onFailure(input);
  const desired = desiredOf(input, undefined);
  if (existing) throw new AwsError("AlreadyExistsException", `Stack [${name}] already exists`, { status: 400 });
  const stack = newStack(name, desired, input, ctx);
  checkEvaluation(stack, desired, ctx);
  ctx.state.cloudformation.stacks[stack.id] = stack;
  ctx.state.cloudformation.names[name] = stack.id;
  remember(stack, "CreateStack", input, token);
  const options: OperationOptions = {
    token,
    disableRollback: flag(input["DisableRollback"]),
    ...(failure === undefined ? {} : { onFailure: failure }),
  };
  beginCreate(stack, desired, options, ctx);
  return answer(stack);
};

/** UpdateStack. */
export const updateStack: Handler = (input, ctx) => {
  refuseUnknownEffects(input);
  const token = tokenOf(input);
  const stack = namedStack(input, ctx);
  if (isRepeated(stack, "UpdateStack", input, token)) return answer(stack);
  refuseUnlessUpdatable(stack);
  const desired = desiredOf(input, stack);
  if (isNoChange(stack, desired, ctx)) throw invalid("No updates are to be performed.");
  if (input["RoleARN"] !== undefined) stack.roleArn = String(input["RoleARN"]);
  if (input["NotificationARNs"] !== undefined) stack.notificationArns = listOf<string>(input["NotificationARNs"]);
  remember(stack, "UpdateStack", input, token);
  beginUpdate(stack, desired, { token, disableRollback: flag(input["DisableRollback"]) }, ctx);
  return answer(stack);
};

/** DeleteStack: succeeds when there is no such stack. */
export const deleteStack: Handler = (input, ctx) => {
  const name = required(input, "StackName");
  const token = tokenOf(input);
  const stack = findStack(ctx, name);
  if (!stack || stack.deletedAt !== undefined || stack.status === "DELETE_IN_PROGRESS") return {};
  if (stack.terminationProtection) throw invalid(`Stack [${stack.name}] cannot be deleted while TerminationProtection is enabled`);
  if (/^UPDATE_.*IN_PROGRESS$/.test(stack.status)) throw invalid(`Stack [${stack.name}] cannot be deleted while in status ${stack.status}`);
  const retain = listOf<string>(input["RetainResources"]);
  const forced = input["DeletionMode"] === "FORCE_DELETE_STACK";
  if ((retain.length > 0 || forced) && stack.status !== "DELETE_FAILED") {
    throw invalid(
      `Invalid operation on stack [${stack.id}]. Specify which resources to retain only when the stack is in the DELETE_FAILED state.`,
    );
  }
  const failed = Object.values(stack.resources).filter((one) => one.status === "DELETE_FAILED");
  remember(stack, "DeleteStack", input, token);
  beginDelete(stack, { token, retain: forced ? failed.map((one) => one.logicalId) : retain }, ctx);
  return {};
};

/** CancelUpdateStack. */
export const cancelUpdateStack: Handler = (input, ctx) => {
  const stack = namedStack(input, ctx);
  if (stack.status !== "UPDATE_IN_PROGRESS") throw invalid("CancelUpdateStack cannot be called from current stack status");
  cancelUpdate(stack, tokenOf(input), ctx);
  return {};
};

/** ContinueUpdateRollback. */
export const continueUpdateRollback: Handler = (input, ctx) => {
  const stack = namedStack(input, ctx);
  if (stack.status !== "UPDATE_ROLLBACK_FAILED")
    throw invalid(`Stack:${stack.id} is in ${stack.status} state and can not continue rollback.`);
  continueRollback(stack, listOf<string>(input["ResourcesToSkip"]), tokenOf(input), ctx);
  return EMPTY_RESULT;
};

/** RollbackStack: of a creation or update that failed while its rollback was disabled. */
export const rollbackStack: Handler = (input, ctx) => {
  const stack = namedStack(input, ctx);
  if (stack.status !== "CREATE_FAILED" && stack.status !== "UPDATE_FAILED") {
    throw invalid(`Stack:${stack.id} is in ${stack.status} state and can not be rolled back.`);
  }
  rollBackFailed(stack, tokenOf(input), ctx);
  return { StackId: stack.id };
};

/** UpdateTerminationProtection. */
export const updateTerminationProtection: Handler = (input, ctx) => {
  const stack = namedStack(input, ctx);
  stack.terminationProtection = flag(input["EnableTerminationProtection"]);
  return { StackId: stack.id };
};

/** Runs the operation of an executed change set. */
export function runDesired(stack: Stack, desired: Stack["desired"], create: boolean, options: OperationOptions, ctx: Context): void {
  if (create) beginCreate(stack, desired, options, ctx);
  else beginUpdate(stack, desired, options, ctx);
}
