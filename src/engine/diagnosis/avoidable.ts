/** Things the stack need not make: who lacks the permission to make them can choose what exists already. */

/** What can be done without, and where. */
export interface Avoidable {
  readonly field: string;
  /** Completes “Or do without it: …”. */
  readonly how: string;
}

const table: readonly (Avoidable & { readonly actions: RegExp })[] = [
  {
    actions: /^iam:(?:Create|Tag|Get|Delete|Update)Role|^iam:(?:Attach|Put|Detach|Delete)RolePolicy/i,
    field: "taskExecutionRole.roleArn",
    how: "choose an execution role that exists, in the section Task execution role; the stack then creates none",
  },
  {
    actions: /^logs:(?:CreateLogGroup|PutRetentionPolicy|Tag\w+|DescribeLogGroups|DeleteLogGroup)/i,
    field: "containers[].logging.type",
    how: "set the containers' logging to manual with a log group that exists; the stack then creates none",
  },
];

/** How a refused action can be done without; undefined when it cannot. */
export function avoidable(action: string | undefined): Avoidable | undefined {
  return action === undefined ? undefined : table.find(({ actions }) => actions.test(action));
}
