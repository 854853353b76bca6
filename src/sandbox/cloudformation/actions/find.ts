import type { Context, Input } from "../../service.ts";
import { invalid } from "../invalid.ts";
import type { Stack } from "../state.ts";
import { required } from "./read.ts";

/** The stack of that name (a live one) or id (also a deleted one). */
export function findStack(ctx: Context, nameOrId: string): Stack | undefined {
  const { stacks, names } = ctx.state.cloudformation;
  return nameOrId.startsWith("arn:") ? stacks[nameOrId] : stacks[names[nameOrId] ?? ""];
}

/** The stack a request names; throws "Stack with id X does not exist". */
export function describedStack(input: Input, ctx: Context): Stack {
  const name = required(input, "StackName");
  const stack = findStack(ctx, name);
  if (!stack) throw invalid(`Stack with id ${name} does not exist`);
  return stack;
}

/** The live stack a request wants to act on or read the events of; throws "Stack [X] does not exist". */
export function namedStack(input: Input, ctx: Context, alsoDeleted = false): Stack {
  const name = required(input, "StackName");
  const stack = findStack(ctx, name);
  if (!stack || (stack.deletedAt !== undefined && !alsoDeleted)) throw invalid(`Stack [${name}] does not exist`);
  return stack;
}
