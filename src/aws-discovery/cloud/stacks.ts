/** CloudFormation's stacks behind the cloud port. */
import {
  CancelUpdateStackCommand,
  ContinueUpdateRollbackCommand,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  type DescribeStackEventsOutput,
  DescribeStacksCommand,
  GetTemplateCommand,
  ListStackResourcesCommand,
  type ListStackResourcesOutput,
  ListStacksCommand,
  type ListStacksOutput,
  type StackEvent as SdkEvent,
  type Stack as SdkStack,
  type StackStatus,
  UpdateStackCommand,
} from "@aws-sdk/client-cloudformation";
import type { StackInput } from "../../engine/deployment/change-set.ts";
import type { Stack, StackEvent, StackResource } from "../../engine/deployment/facts.ts";
import type { StackAtWork, StackOperation, StackPort } from "../../engine/ports.ts";
import { ProblemError } from "../../engine/problem.ts";
import { abortable, type Call, isMissing, iso, present, unlessMissing } from "./call.ts";

/** Stacks over these calls. */
export function stackPort(call: Call): StackPort {
  return {
    describeStack: (stack, signal) =>
      unlessMissing(
        call(async (clients) => {
          const cloudFormation = await clients.cloudFormation();
          const { Stacks } = await cloudFormation.send(new DescribeStacksCommand({ StackName: stack }), abortable(signal));
          return Stacks?.[0] && toStack(Stacks[0]);
        }),
        undefined,
      ),
    stacksAtWork: (signal) => stacksAtWork(call, signal),
    createStack: (input, signal) =>
      call(async (clients) => {
        const cloudFormation = await clients.cloudFormation();
        const { StackId, OperationId } = await cloudFormation.send(new CreateStackCommand(fromInput(input)), abortable(signal));
        return present({ stackId: StackId ?? input.stackName, operationId: OperationId });
      }),
    updateStack: (input, signal) => updateStack(call, input, signal),
    deleteStack: (stack, token, signal) =>
      call(async (clients) => {
        const cloudFormation = await clients.cloudFormation();
        await cloudFormation.send(new DeleteStackCommand({ StackName: stack, ClientRequestToken: token }), abortable(signal));
      }),
    cancelUpdate: (stack, token, signal) =>
      call(async (clients) => {
        const cloudFormation = await clients.cloudFormation();
        await cloudFormation.send(new CancelUpdateStackCommand({ StackName: stack, ClientRequestToken: token }), abortable(signal));
      }),
    continueRollback: (stack, token, skip, signal) =>
      call(async (clients) => {
        const cloudFormation = await clients.cloudFormation();
        const input = { StackName: stack, ClientRequestToken: token, ...(skip.length > 0 && { ResourcesToSkip: [...skip] }) };
        await cloudFormation.send(new ContinueUpdateRollbackCommand(input), abortable(signal));
      }),
    stackEvents: (stack, signal) => eventPages(call, stack, signal),
    stackResources: (stack, signal) => stackResources(call, stack, signal),
    getTemplate: (stack, signal) =>
      call(async (clients) => {
        const cloudFormation = await clients.cloudFormation();
        const { TemplateBody } = await cloudFormation.send(
          new GetTemplateCommand({ StackName: stack, TemplateStage: "Original" }),
          abortable(signal),
        );
        return TemplateBody ?? "";
      }),
  };
}

/** What create, update and change set have in common. */
export function fromInput({ stackName, template, parameters, capabilities, tags, token }: StackInput) {
  return {
    StackName: stackName,
    TemplateBody: template,
    Parameters: Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })),
    Capabilities: [...capabilities] as ("CAPABILITY_IAM" | "CAPABILITY_NAMED_IAM" | "CAPABILITY_AUTO_EXPAND")[],
    Tags: tags.map(({ key, value }) => ({ Key: key, Value: value })),
    ClientRequestToken: token,
  };
}

async function updateStack(call: Call, input: StackInput, signal?: AbortSignal): Promise<StackOperation | undefined> {
  try {
    return await call(async (clients) => {
      const cloudFormation = await clients.cloudFormation();
      const { StackId, OperationId } = await cloudFormation.send(new UpdateStackCommand(fromInput(input)), abortable(signal));
      return present({ stackId: StackId ?? input.stackName, operationId: OperationId });
    });
  } catch (error) {
    if (error instanceof ProblemError && /no updates are to be performed/i.test(error.problem.detail ?? error.problem.message))
      return undefined;
    throw error;
  }
}

async function* eventPages(call: Call, stack: string, signal?: AbortSignal): AsyncGenerator<readonly StackEvent[]> {
  let token: string | undefined;
  do {
    const page: DescribeStackEventsOutput = await notFoundIfMissing(
      call(async (clients) => {
        const cloudFormation = await clients.cloudFormation();
        return await cloudFormation.send(
          new DescribeStackEventsCommand({ StackName: stack, ...(token && { NextToken: token }) }),
          abortable(signal),
        );
      }),
    );
    yield (page.StackEvents ?? []).map(toEvent);
    token = page.NextToken;
  } while (token);
}

const atWork: readonly StackStatus[] = [
  "CREATE_IN_PROGRESS",
  "ROLLBACK_IN_PROGRESS",
  "UPDATE_IN_PROGRESS",
  "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
  "UPDATE_ROLLBACK_IN_PROGRESS",
  "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS",
  "DELETE_IN_PROGRESS",
  "IMPORT_IN_PROGRESS",
  "IMPORT_ROLLBACK_IN_PROGRESS",
];

async function stacksAtWork(call: Call, signal?: AbortSignal): Promise<readonly StackAtWork[]> {
  const stacks: StackAtWork[] = [];
  let token: string | undefined;
  do {
    const page: ListStacksOutput = await call(async (clients) => {
      const cloudFormation = await clients.cloudFormation();
      const request = { StackStatusFilter: [...atWork], ...(token && { NextToken: token }) };
      return await cloudFormation.send(new ListStacksCommand(request), abortable(signal));
    });
    for (const one of page.StackSummaries ?? []) {
      const since = iso(one.DeletionTime ?? one.LastUpdatedTime ?? one.CreationTime);
      stacks.push(present({ id: one.StackId ?? "", name: one.StackName ?? "", status: one.StackStatus ?? "", since }));
    }
    token = page.NextToken;
  } while (token);
  return stacks;
}

async function stackResources(call: Call, stack: string, signal?: AbortSignal): Promise<readonly StackResource[]> {
  const resources: StackResource[] = [];
  let token: string | undefined;
  do {
    const page: ListStackResourcesOutput = await notFoundIfMissing(
      call(async (clients) => {
        const cloudFormation = await clients.cloudFormation();
        return await cloudFormation.send(
          new ListStackResourcesCommand({ StackName: stack, ...(token && { NextToken: token }) }),
          abortable(signal),
        );
      }),
    );
    for (const one of page.StackResourceSummaries ?? []) {
      resources.push(
        present({
          logicalId: one.LogicalResourceId ?? "",
          physicalId: one.PhysicalResourceId,
          type: one.ResourceType ?? "",
          status: one.ResourceStatus ?? "",
          reason: one.ResourceStatusReason,
        }),
      );
    }
    token = page.NextToken;
  } while (token);
  return resources;
}

async function notFoundIfMissing<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ProblemError && isMissing(error.problem))
      throw new ProblemError({ ...error.problem, kind: "notFound" }, { cause: error });
    throw error;
  }
}

function toStack(stack: SdkStack): Stack {
  return present({
    id: stack.StackId ?? stack.StackName ?? "",
    name: stack.StackName ?? "",
    status: stack.StackStatus ?? "",
    reason: stack.StackStatusReason,
    createdAt: iso(stack.CreationTime),
    updatedAt: iso(stack.LastUpdatedTime),
    outputs: Object.fromEntries((stack.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey ?? "", OutputValue ?? ""])),
    parameters: Object.fromEntries(
      (stack.Parameters ?? []).map(({ ParameterKey, ParameterValue }) => [ParameterKey ?? "", ParameterValue ?? ""]),
    ),
    tags: (stack.Tags ?? []).map(({ Key, Value }) => ({ key: Key ?? "", value: Value ?? "" })),
    terminationProtection: stack.EnableTerminationProtection,
  });
}

function toEvent(event: SdkEvent): StackEvent {
  return present({
    id: event.EventId ?? "",
    at: iso(event.Timestamp) ?? "",
    stackId: event.StackId ?? "",
    stackName: event.StackName ?? "",
    logicalId: event.LogicalResourceId ?? "",
    physicalId: event.PhysicalResourceId || undefined,
    resourceType: event.ResourceType ?? "",
    status: event.ResourceStatus ?? "",
    reason: event.ResourceStatusReason,
    token: event.ClientRequestToken,
    operationId: event.OperationId,
    detailedStatus: event.DetailedStatus,
  });
}
