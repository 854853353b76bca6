import type { Context, Input, Service } from "../service.ts";
import { createChangeSet, deleteChangeSet, describeChangeSet, executeChangeSet, listChangeSets } from "./actions/change-sets.ts";
import {
  cancelUpdateStack,
  continueUpdateRollback,
  createStack,
  deleteStack,
  rollbackStack,
  updateStack,
  updateTerminationProtection,
} from "./actions/create-update-delete.ts";
import {
  describeStackEvents,
  describeStackResource,
  describeStackResources,
  describeStacks,
  listStackResources,
  listStacks,
} from "./actions/describe.ts";
import { describeEvents } from "./actions/operation-events.ts";
import { getTemplate, getTemplateSummary, validateTemplate } from "./actions/templates.ts";
import { events } from "./events.ts";
import { notes } from "./notes.ts";

/** A change set that is named by its ARN alone stands for its stack. */
const stackOfChangeSet = (input: Input, ctx: Context): string | undefined =>
  Object.values(ctx.state.cloudformation.stacks).find(({ changeSets }) => changeSets.some(({ id }) => id === input["ChangeSetName"]))?.id;

/** AWS CloudFormation, API version 2010-05-15. */
export const cloudformation: Service = {
  scope: "cloudformation",
  protocol: "query",
  apiVersion: "2010-05-15",
  xmlns: "http://cloudformation.amazonaws.com/doc/2010-05-15/",
  actions: {
    CancelUpdateStack: cancelUpdateStack,
    ContinueUpdateRollback: continueUpdateRollback,
    CreateChangeSet: createChangeSet,
    CreateStack: createStack,
    DeleteChangeSet: deleteChangeSet,
    DeleteStack: deleteStack,
    DescribeChangeSet: describeChangeSet,
    DescribeEvents: describeEvents,
    DescribeStackEvents: describeStackEvents,
    DescribeStackResource: describeStackResource,
    DescribeStackResources: describeStackResources,
    DescribeStacks: describeStacks,
    ExecuteChangeSet: executeChangeSet,
    GetTemplate: getTemplate,
    GetTemplateSummary: getTemplateSummary,
    ListChangeSets: listChangeSets,
    ListStackResources: listStackResources,
    ListStacks: listStacks,
    RollbackStack: rollbackStack,
    UpdateStack: updateStack,
    UpdateTerminationProtection: updateTerminationProtection,
    ValidateTemplate: validateTemplate,
  },
  events,
  resourceOf: (_action, input, ctx) => {
    const name = typeof input["StackName"] === "string" ? input["StackName"] : stackOfChangeSet(input, ctx);
    if (name === undefined) return "*";
    return name.startsWith("arn:") ? name : `arn:aws:cloudformation:${ctx.region}:${ctx.accountId}:stack/${name}/*`;
  },
  notes,
};
