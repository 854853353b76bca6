import type { ActionNote } from "../service.ts";

/** Supported parameters of each CloudFormation action and what differs from AWS. */
export const notes: Record<string, ActionNote> = {
  CancelUpdateStack: { parameters: "StackName, ClientRequestToken" },
  ContinueUpdateRollback: { parameters: "StackName, ResourcesToSkip, ClientRequestToken", differs: "RoleARN is ignored" },
  CreateChangeSet: {
    parameters:
      "StackName, ChangeSetName, ChangeSetType, TemplateBody, UsePreviousTemplate, Parameters, Tags, Capabilities, ClientToken, Description, OnStackFailure, DisableValidation",
    differs:
      "no imports, rollback triggers or TemplateURL, does not look into nested stacks; early validation looks at property syntax and names only",
  },
  CreateStack: {
    parameters:
      "StackName, TemplateBody, Parameters, Tags, Capabilities, DisableRollback, OnFailure, TimeoutInMinutes, EnableTerminationProtection, NotificationARNs, RoleARN, ClientRequestToken",
    differs: "no TemplateURL, stack policy or rollback triggers; the role and the notification topics are kept but not used",
  },
  DeleteChangeSet: { parameters: "ChangeSetName, StackName", differs: "deletes at once" },
  DeleteStack: { parameters: "StackName, RetainResources, DeletionMode, ClientRequestToken" },
  DescribeChangeSet: { parameters: "ChangeSetName, StackName, IncludePropertyValues, NextToken" },
  DescribeEvents: {
    parameters: "StackName, OperationId, ChangeSetName, Filters.FailedEvents, NextToken",
    differs: "no hook events; validation errors of change sets and progress events only",
  },
  DescribeStackEvents: { parameters: "StackName, NextToken", differs: "no CONFIGURATION_COMPLETE detail and no consistency-check events" },
  DescribeStackResource: { parameters: "StackName, LogicalResourceId" },
  DescribeStackResources: { parameters: "StackName, LogicalResourceId, PhysicalResourceId" },
  DescribeStacks: { parameters: "StackName, NextToken", differs: "drift is never checked" },
  ExecuteChangeSet: { parameters: "ChangeSetName, StackName, ClientRequestToken, DisableRollback" },
  GetTemplate: { parameters: "StackName, ChangeSetName", differs: "both stages are the text as sent" },
  GetTemplateSummary: { parameters: "StackName, TemplateBody" },
  ListChangeSets: { parameters: "StackName, NextToken" },
  ListStackResources: { parameters: "StackName, NextToken" },
  ListStacks: { parameters: "StackStatusFilter, NextToken" },
  RollbackStack: { parameters: "StackName, ClientRequestToken" },
  UpdateStack: {
    parameters:
      "StackName, TemplateBody, UsePreviousTemplate, Parameters (UsePreviousValue), Tags, Capabilities, DisableRollback, NotificationARNs, RoleARN, ClientRequestToken",
    differs: "no TemplateURL, stack policy or rollback triggers",
  },
  UpdateTerminationProtection: { parameters: "StackName, EnableTerminationProtection" },
  ValidateTemplate: { parameters: "TemplateBody", differs: "no TemplateURL" },
};
