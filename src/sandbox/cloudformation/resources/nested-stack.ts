import { AwsError } from "../../errors.ts";
import type { Context, Input } from "../../service.ts";
import { isObject, type Json } from "../json.ts";
import type { Stack, StackResource } from "../state.ts";
import { generatedName } from "./physical-names.ts";
import type { ResourceRequest, ResourceType } from "./resource-type.ts";

const LOOK_EVERY = 5_000;
/** The attribute that says whether the stack inside is being changed; no template can ask for it. */
const CHANGING = "$changing";

/** What CloudFormation answers for an object it cannot get from S3; also for one that does not exist, when the bucket may not be listed. */
function templateBody(ctx: Context, url: Json | undefined): string {
  const body = ctx.state.cloudformation.templates?.[String(url)];
  if (body !== undefined) return body;
  throw new AwsError(
    "ValidationError",
    "S3 error: Access Denied\nFor more information check http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html",
  );
}

function input(request: ResourceRequest): Input {
  const { ctx, stack, properties, tags } = request;
  const given = isObject(properties["Parameters"]) ? properties["Parameters"] : {};
  const own = Array.isArray(properties["Tags"]) ? properties["Tags"] : [];
  const token = stack.operation?.token;
  return {
    TemplateBody: templateBody(ctx, properties["TemplateURL"]),
    Parameters: Object.entries(given).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue: String(ParameterValue) })),
    Tags: [...tags, ...own],
    Capabilities: (stack.operation?.desired ?? stack.desired).capabilities,
    ...(token === undefined ? {} : { ClientRequestToken: token }),
  };
}

function inner(ctx: Context, current: StackResource): Stack | undefined {
  return ctx.state.cloudformation.stacks[String(current.physicalId)];
}

function outputs(stack: Stack): Record<string, Json> {
  return Object.fromEntries(stack.outputs.map(({ OutputKey, OutputValue }) => [`Outputs.${OutputKey}`, OutputValue]));
}

function failure(stack: Stack, done: "created" | "updated" | "deleted"): AwsError {
  const reason = stack.statusReason ?? "";
  const text = done === "updated" ? `Currently in ${stack.status} with reason: ${reason}` : reason;
  return new AwsError(
    "ValidationError",
    `Embedded stack ${stack.id} was not successfully ${done}: ${text}`.replace("updated: ", "updated. "),
  );
}

function update(request: ResourceRequest, stack: Stack): Json {
  const { ctx } = request;
  // A stack whose own update failed goes back by itself; one that is still being updated is told to.
  if (/ROLLBACK/.test(stack.status) && /ROLLBACK/.test(request.stack.status)) return stack.status;
  if (stack.status === "UPDATE_IN_PROGRESS") {
    ctx.call("cloudformation", "CancelUpdateStack", { StackName: stack.id });
    return stack.status;
  }
  // Going back is asked for under the token of the operation that is undone.
  delete stack.tokens[request.stack.operation?.token ?? ""];
  try {
    ctx.call("cloudformation", "UpdateStack", { ...input(request), StackName: stack.name });
  } catch (error) {
    if (error instanceof AwsError && error.message === "No updates are to be performed.") return "";
    throw error;
  }
  return stack.status;
}

/** AWS::CloudFormation::Stack: a stack in a stack, whose template CloudFormation reads from S3. */
export const nestedStack: ResourceType = {
  type: "AWS::CloudFormation::Stack",
  seconds: { create: 2, update: 2, delete: 2 },
  create(request) {
    const { ctx, stack, properties } = request;
    const minutes = properties["TimeoutInMinutes"];
    const { StackId } = ctx.call("cloudformation", "CreateStack", {
      ...input(request),
      StackName: generatedName(request, 128),
      // It stands as it failed until the rollback of the stack around it deletes it.
      OnFailure: "DO_NOTHING",
      ...(minutes === undefined ? {} : { TimeoutInMinutes: String(minutes) }),
    }) as { StackId: string };
    const made = ctx.state.cloudformation.stacks[StackId];
    if (made) Object.assign(made, { parentId: stack.id, rootId: stack.rootId ?? stack.id });
    return { physicalId: StackId, attributes: {} };
  },
  update(request, current) {
    const stack = inner(request.ctx, current);
    if (!stack) throw new AwsError("ValidationError", `Stack [${String(current.physicalId)}] does not exist`);
    return { [CHANGING]: update(request, stack) };
  },
  delete({ ctx, stack }, current) {
    const token = stack.operation?.token;
    ctx.call("cloudformation", "DeleteStack", {
      StackName: String(current.physicalId),
      ...(token === undefined ? {} : { ClientRequestToken: token }),
    });
  },
  pending({ ctx, stack: around }, current, change) {
    const stack = inner(ctx, current);
    if (change === "delete") {
      if (stack?.status === "DELETE_FAILED") throw failure(stack, "deleted");
      return stack === undefined || stack.deletedAt !== undefined ? undefined : LOOK_EVERY;
    }
    if (!stack || current.attributes[CHANGING] === "") return undefined;
    if (stack.status === "CREATE_FAILED") throw failure(stack, "created");
    const goesBack = /ROLLBACK/.test(around.status);
    if (/ROLLBACK/.test(stack.status) && !goesBack) throw failure(stack, "updated");
    if (stack.status === "UPDATE_ROLLBACK_FAILED") throw failure(stack, "updated");
    if (/_IN_PROGRESS$/.test(stack.status)) return LOOK_EVERY;
    Object.assign(current.attributes, outputs(stack));
    return undefined;
  },
};
