/** CloudFormation's change sets behind the cloud port. */
import {
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  DescribeChangeSetCommand,
  type DescribeChangeSetOutput,
  DescribeEventsCommand,
  type DescribeEventsOutput,
  ExecuteChangeSetCommand,
  type OperationEvent,
  type ResourceChangeDetail,
  type ResourceChange as SdkChange,
} from "@aws-sdk/client-cloudformation";
import type { ChangeDetail, ChangeSet, ResourceChange, ValidationFinding } from "../../engine/deployment/change-set.ts";
import type { ChangeSetPort } from "../../engine/ports.ts";
import { abortable, type Call, present } from "./call.ts";
import { fromInput } from "./stacks.ts";

/** Change sets over these calls. */
export function changeSetPort(call: Call): ChangeSetPort {
  return {
    createChangeSet: (input, signal) =>
      call(async (clients) => {
        const cloudFormation = await clients.cloudFormation();
        const { ClientRequestToken, ...common } = fromInput(input);
        const request = { ...common, ClientToken: ClientRequestToken, ChangeSetName: input.name, ChangeSetType: input.type };
        const { Id, StackId } = await cloudFormation.send(new CreateChangeSetCommand(request), abortable(signal));
        return { id: Id ?? input.name, stackId: StackId ?? input.stackName };
      }),
    describeChangeSet: (id, signal) => describeChangeSet(call, id, signal),
    executeChangeSet: (id, token, signal) =>
      call(async (clients) => {
        const cloudFormation = await clients.cloudFormation();
        await cloudFormation.send(new ExecuteChangeSetCommand({ ChangeSetName: id, ClientRequestToken: token }), abortable(signal));
      }),
    deleteChangeSet: (id, signal) =>
      call(async (clients) => {
        const cloudFormation = await clients.cloudFormation();
        await cloudFormation.send(new DeleteChangeSetCommand({ ChangeSetName: id }), abortable(signal));
      }),
    changeSetFindings: (id, signal) => changeSetFindings(call, id, signal),
  };
}

async function describeChangeSet(call: Call, id: string, signal?: AbortSignal): Promise<ChangeSet> {
  const changes: ResourceChange[] = [];
  let page: DescribeChangeSetOutput;
  let token: string | undefined;
  do {
    page = await call(async (clients) => {
      const cloudFormation = await clients.cloudFormation();
      const request = { ChangeSetName: id, IncludePropertyValues: true, ...(token && { NextToken: token }) };
      return await cloudFormation.send(new DescribeChangeSetCommand(request), abortable(signal));
    });
    for (const { ResourceChange } of page.Changes ?? []) if (ResourceChange) changes.push(toChange(ResourceChange));
    token = page.NextToken;
  } while (token);
  return present({
    id: page.ChangeSetId ?? id,
    name: page.ChangeSetName ?? "",
    stackId: page.StackId ?? "",
    status: page.Status ?? "",
    reason: page.StatusReason,
    execution: page.ExecutionStatus,
    changes,
  });
}

async function changeSetFindings(call: Call, id: string, signal?: AbortSignal): Promise<readonly ValidationFinding[]> {
  const findings: ValidationFinding[] = [];
  let token: string | undefined;
  do {
    const page: DescribeEventsOutput = await call(async (clients) => {
      const cloudFormation = await clients.cloudFormation();
      return await cloudFormation.send(
        new DescribeEventsCommand({ ChangeSetName: id, ...(token && { NextToken: token }) }),
        abortable(signal),
      );
    });
    for (const event of page.OperationEvents ?? []) if (event.EventType === "VALIDATION_ERROR") findings.push(toFinding(event));
    token = page.NextToken;
  } while (token);
  return findings;
}

function toFinding(event: OperationEvent): ValidationFinding {
  return present({
    logicalId: event.LogicalResourceId,
    resourceType: event.ResourceType,
    name: event.ValidationName,
    path: event.ValidationPath,
    message: event.ValidationStatusReason ?? event.ResourceStatusReason ?? "The validation gave no reason.",
    severity: event.ValidationFailureMode === "WARN" ? ("warning" as const) : ("error" as const),
  });
}

function toChange(change: SdkChange): ResourceChange {
  return present({
    action: change.Action ?? "",
    logicalId: change.LogicalResourceId ?? "",
    physicalId: change.PhysicalResourceId,
    type: change.ResourceType ?? "",
    replacement: change.Replacement,
    details: (change.Details ?? []).map(toDetail),
    before: change.BeforeContext,
    after: change.AfterContext,
  });
}

function toDetail({ Target, Evaluation, ChangeSource, CausingEntity }: ResourceChangeDetail): ChangeDetail {
  return present({
    attribute: Target?.Attribute ?? "",
    path: Target?.Path,
    name: Target?.Name,
    before: Target?.BeforeValue,
    after: Target?.AfterValue,
    recreation: Target?.RequiresRecreation,
    evaluation: Evaluation,
    source: ChangeSource,
    cause: CausingEntity,
  });
}
