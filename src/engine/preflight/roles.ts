/** The roles of a step. */
import { parseArn } from "../rules/arn.ts";
import type { Placed } from "./check.ts";
import { type Subject, textAt } from "./subject.ts";

/** A role that the profile names. */
export interface RoleUse {
  /** `task execution role` or `task role`. */
  readonly what: "task execution role" | "task role";
  readonly name: string;
  /** As it stands in the profile: a name or an ARN. */
  readonly given: string;
  /** The account in its ARN; absent where only a name is given. */
  readonly account?: string;
}

function useOf(what: RoleUse["what"], given: string): RoleUse {
  const account = parseArn(given)?.account;
  return { what, given, name: given.slice(given.lastIndexOf("/") + 1), ...(account ? { account } : {}) };
}

/** The execution role that the profile names: one or none. */
export function executionRoleOf(subject: Subject): readonly Placed<RoleUse>[] {
  const places = textAt(subject, ["taskExecutionRole", "roleArn"], subject.step.taskExecutionRole.roleArn);
  return places.map(({ path, value }) => ({ path, value: useOf("task execution role", value) }));
}

/** The execution role and the task role, as far as the profile names them. */
export function rolesOf(subject: Subject): readonly Placed<RoleUse>[] {
  const task = textAt(subject, ["configuration", "taskRole"], subject.step.configuration.taskRole);
  return [...executionRoleOf(subject), ...task.map(({ path, value }) => ({ path, value: useOf("task role", value) }))];
}
