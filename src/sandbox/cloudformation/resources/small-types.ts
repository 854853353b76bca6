import { isObject } from "../json.ts";
import { generatedName } from "./physical-names.ts";
import { HandlerFailure, type ResourceType } from "./resource-type.ts";

/** AWS::SNS::Topic: exists in its stack only, no SNS service answers for it. */
export const snsTopic: ResourceType = {
  type: "AWS::SNS::Topic",
  seconds: { create: 5, update: 3, delete: 1 },
  create(request) {
    const name = typeof request.properties["TopicName"] === "string" ? request.properties["TopicName"] : generatedName(request, 256);
    const arn = `arn:aws:sns:${request.ctx.region}:${request.ctx.accountId}:${name}`;
    return { physicalId: arn, attributes: { TopicArn: arn, TopicName: name } };
  },
  update: () => ({}),
  delete: () => undefined,
};

/** AWS::SSM::Parameter: kept in Parameter Store, so that DescribeParameters and GetParameters see it. */
export const ssmParameter: ResourceType = {
  type: "AWS::SSM::Parameter",
  seconds: { create: 2, update: 2, delete: 1 },
  create(request) {
    const { ctx, properties } = request;
    const { parameters } = ctx.state.ssm;
    const name = typeof properties["Name"] === "string" ? properties["Name"] : `CFN-${generatedName(request, 512)}`;
    if (name in parameters) {
      throw new HandlerFailure(`Resource of type 'AWS::SSM::Parameter' with identifier '${name}' already exists.`, "AlreadyExists");
    }
    const type = properties["Type"] === "StringList" ? "StringList" : "String";
    if (properties["Type"] === "SecureString") {
      throw new HandlerFailure("SSM Secure reference is not supported in: AWS::SSM::Parameter.", "InvalidRequest");
    }
    const arn = `arn:aws:ssm:${ctx.region}:${ctx.accountId}:parameter${name.startsWith("/") ? "" : "/"}${name}`;
    const value = String(properties["Value"]);
    parameters[name] = {
      name,
      arn,
      type,
      value,
      version: 1,
      tier: properties["Tier"] === "Advanced" ? "Advanced" : "Standard",
      ...(typeof properties["Description"] === "string" ? { description: properties["Description"] } : {}),
      modifiedAt: ctx.now(),
      modifiedBy: ctx.principalArn,
      tags: isObject(properties["Tags"])
        ? Object.fromEntries(Object.entries(properties["Tags"]).map(([key, one]) => [key, String(one)]))
        : {},
    };
    return { physicalId: name, attributes: { Type: type, Value: value, Arn: arn } };
  },
  update({ ctx, properties }, current) {
    const parameter = ctx.state.ssm.parameters[String(current.physicalId)];
    if (!parameter) throw new HandlerFailure(`Parameter ${String(current.physicalId)} not found.`, "NotFound");
    parameter.value = String(properties["Value"]);
    parameter.version += 1;
    parameter.modifiedAt = ctx.now();
    return { Value: parameter.value };
  },
  delete({ ctx }, current) {
    delete ctx.state.ssm.parameters[String(current.physicalId)];
  },
};

/** AWS::CloudFormation::WaitConditionHandle: costs nothing, does nothing. */
export const waitConditionHandle: ResourceType = {
  type: "AWS::CloudFormation::WaitConditionHandle",
  seconds: { create: 0, update: 0, delete: 0 },
  create(request) {
    const url = `https://cloudformation-waitcondition-${request.ctx.region}.s3.${request.ctx.region}.amazonaws.com/${encodeURIComponent(request.stack.id)}/${request.logicalId}`;
    return { physicalId: url, attributes: { Id: url } };
  },
  update: () => ({}),
  delete: () => undefined,
};
