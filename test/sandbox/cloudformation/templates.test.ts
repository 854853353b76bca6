import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Still, serviceResources, still, template, topic } from "./support.ts";

let world: Still;
beforeAll(async () => {
  world = await still();
});
afterAll(() => world.sandbox.close());

const create =
  (TemplateBody: string, more: object = {}) =>
  () =>
    world.cfn("CreateStack", { StackName: "refused", TemplateBody, ...more });
const role = (properties: object = {}) => ({
  Type: "AWS::IAM::Role",
  Properties: { AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: [] }, ...properties },
});
const parameter = (declaration: object) => template({ A: topic() }, { Parameters: { P: declaration } });
const given = (value: string) => ({ Parameters: [{ ParameterKey: "P", ParameterValue: value }] });

describe("templates AWS refuses are refused in the same words", () => {
  test.each<[string, string, object?]>([
    ["Template format error: JSON not well-formed.", "{ nonsense"],
    ["Template format error: YAML not well-formed. (line 2, column 1)", "a: [\nb"],
    ["Template format error: unsupported structure.", "just text"],
    ["Template format error: At least one Resources member must be defined.", template({})],
    ["Template format error: Unrecognized resource types: [AWS::ECS::Servicee]", template({ A: { Type: "AWS::ECS::Servicee" } })],
    ["The sandbox does not simulate resources of type AWS::S3::Bucket", template({ A: { Type: "AWS::S3::Bucket" } })],
    ["Invalid template property or properties [Resourcez]", JSON.stringify({ Resources: { A: topic() }, Resourcez: {} })],
    ["Invalid template resource property 'DisplayName'", template({ A: { Type: "AWS::SNS::Topic", DisplayName: "x" } })],
    ["Template format error: Resource name a-b is non alphanumeric.", template({ "a-b": topic() })],
    [
      "is not a supported value for AWSTemplateFormatVersion.",
      JSON.stringify({ AWSTemplateFormatVersion: "2019-09-09", Resources: { A: topic() } }),
    ],
    [
      "Template format error: Unresolved resource dependencies [Nothing] in the Resources block of the template",
      template({ A: topic({ DisplayName: { Ref: "Nothing" } }) }),
    ],
    [
      "Template format error: Unresolved resource dependencies [Nothing] in the Resources block of the template",
      template({ A: topic({ DisplayName: { "Fn::Sub": "x${Nothing}" } }) }),
    ],
    [
      "Template format error: Unresolved resource dependencies [Nothing] in the Resources block of the template",
      template({ A: topic({}, { DependsOn: "Nothing" }) }),
    ],
    [
      "Template format error: Unresolved resource dependencies [Nothing] in the Outputs block of the template",
      template({ A: topic() }, { Outputs: { O: { Value: { Ref: "Nothing" } } } }),
    ],
    [
      "Template error: instance of Fn::GetAtt references undefined resource Nothing",
      template({ A: topic({ DisplayName: { "Fn::GetAtt": ["Nothing", "Arn"] } }) }),
    ],
    [
      "Template error: resource A does not support attribute type Arn in Fn::GetAtt",
      template({ A: topic() }, { Outputs: { O: { Value: { "Fn::GetAtt": "A.Arn" } } } }),
    ],
    [
      "Circular dependency between resources: [A, B]",
      template({ A: topic({ DisplayName: { Ref: "B" } }), B: topic({}, { DependsOn: "A" }), C: topic({}, { DependsOn: "B" }) }),
    ],
    [
      "Template error: Unable to get mapping for Map::eu-west-1::AMI",
      template(
        { A: topic({ DisplayName: { "Fn::FindInMap": ["Map", { Ref: "AWS::Region" }, "AMI"] } }) },
        { Mappings: { Map: { "us-east-1": { AMI: "x" } } } },
      ),
    ],
    [
      "Template error: unresolved condition dependency Nope in Fn::If",
      template({ A: topic({ DisplayName: { "Fn::If": ["Nope", "a", "b"] } }) }),
    ],
    ["Requires capabilities : [CAPABILITY_NAMED_IAM]", template({ R: role({ RoleName: "r" }) }), { Capabilities: ["CAPABILITY_IAM"] }],
    ["Requires capabilities : [CAPABILITY_IAM]", template({ R: role() })],
    ["Parameters: [P] must have values", parameter({ Type: "String" })],
    [
      "Parameters: [Q] do not exist in the template",
      parameter({ Type: "String", Default: "x" }),
      { Parameters: [{ ParameterKey: "Q", ParameterValue: "1" }] },
    ],
    ["Parameter 'P' must be a number", parameter({ Type: "Number" }), given("many")],
    ["Parameter 'P' must be a number not less than 1", parameter({ Type: "Number", MinValue: 1 }), given("0")],
    ["Parameter 'P' must be one of AllowedValues", parameter({ Type: "String", AllowedValues: ["a", "b"] }), given("c")],
    ["Parameter 'P' must contain at most 3 characters", parameter({ Type: "String", MaxLength: 3 }), given("abcd")],
    ["Parameter 'P' must match pattern [a-z]+", parameter({ Type: "String", AllowedPattern: "[a-z]+" }), given("1")],
    [
      "Parameter P failed to satisfy constraint: letters only",
      parameter({ Type: "String", AllowedPattern: "[a-z]+", ConstraintDescription: "letters only" }),
      given("1"),
    ],
    ["Template format error: Unrecognized parameter type: Text", parameter({ Type: "Text", Default: "x" })],
    [
      "at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to 51200",
      template({ A: topic({ DisplayName: "x".repeat(52_000) }) }),
    ],
    [
      "Value 'no_underscores' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*",
      template({ A: topic() }),
      { StackName: "no_underscores" },
    ],
    ["Either Template URL or Template Body must be specified.", ""],
  ])("%s", (message, body, more) => {
    expect(create(body, more)).toThrow(message);
    expect(() => world.cfn("DescribeStacks", { StackName: "refused" })).toThrow("Stack with id refused does not exist");
  });

  test.each<[string, object]>([
    ["#: required key [AssumeRolePolicyDocument] not found", { X: { Type: "AWS::IAM::Role", Properties: {} } }],
    [
      "#/ContainerDefinitions/0: extraneous key [Entrypoint] is not permitted",
      { X: { Type: "AWS::ECS::TaskDefinition", Properties: { ContainerDefinitions: [{ Name: "a", Image: "b", Entrypoint: "c" }] } } },
    ],
    ["#/DesiredCount: expected type: Integer, found: String", { X: { Type: "AWS::ECS::Service", Properties: { DesiredCount: "many" } } }],
    ["#/LaunchType: CLOUD is not a valid enum value", { X: { Type: "AWS::ECS::Service", Properties: { LaunchType: "CLOUD" } } }],
  ])("while creating: %s", (message, resources) => {
    const { StackId } = world.cfn("CreateStack", {
      StackName: "invalid",
      TemplateBody: template(resources),
      Capabilities: ["CAPABILITY_IAM"],
    });
    world.settle(StackId);
    expect(world.story(StackId).join("\n")).toContain(
      `X CREATE_FAILED Properties validation failed for resource X with message:\n${message}`,
    );
    world.cfn("DeleteStack", { StackName: StackId });
    world.settle(StackId);
  });

  test("an older type answers an unknown property in the older words", () => {
    const { StackId } = world.cfn("CreateStack", {
      StackName: "legacy",
      TemplateBody: template({ X: { Type: "AWS::CloudFormation::WaitConditionHandle", Properties: { RoleArn: "x" } } }),
    });
    world.settle(StackId);
    expect(world.story(StackId)).toContain("X CREATE_FAILED Encountered unsupported property RoleArn");
  });

  test("what ECS refuses stands in the event as the handler says it", () => {
    const resources = serviceResources("shop/web:1.4.1", { memory: "300" });
    const { StackId } = world.cfn("CreateStack", { StackName: "sizes", TemplateBody: template(resources) });
    world.settle(StackId);
    expect(world.story(StackId).find((line) => line.startsWith("Task CREATE_FAILED"))).toMatch(
      /^Task CREATE_FAILED Resource handler returned message: "Invalid request provided: Create TaskDefinition: No Fargate configuration exists for given values: 256 CPU, 300 memory\. .*\(Service: Ecs, Status Code: 400, Request ID: [0-9a-f-]{36}\) \(SDK Attempt Count: 1\)" \(RequestToken: [0-9a-f-]{36}, HandlerErrorCode: InvalidRequest\)$/,
    );
  });
});

test("functions, conditions, mappings and pseudo parameters, from YAML with short forms", () => {
  const body = `
AWSTemplateFormatVersion: 2010-09-09
Parameters:
  Stage: {Type: String, Default: prod}
  Zones: {Type: CommaDelimitedList, Default: "a, b, c"}
Mappings:
  Sizes: {prod: {Name: large}, test: {Name: small}}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  NotProd: !Not [!Condition IsProd]
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: !If [IsProd, !FindInMap [Sizes, !Ref Stage, Name], !Ref AWS::NoValue]
  Never:
    Type: AWS::SNS::Topic
    Condition: NotProd
Outputs:
  Joined: {Value: !Join ["-", [!Ref Stage, !Select [1, !Ref Zones], !Select [0, !Split ["/", "x/y"]]]]}
  Sub: {Value: !Sub ["\${AWS::Region} \${Name} \${Topic.TopicName} \${!Kept}", {Name: !Ref Stage}]}
  Encoded: {Value: !Base64 hello}
  Hidden: {Condition: NotProd, Value: no}
  Exported: {Value: !GetAtt Topic.TopicArn, Export: {Name: !Sub "\${AWS::StackName}-topic"}}
`;
  world.cfn("CreateStack", { StackName: "functions", TemplateBody: body });
  expect(world.settle("functions")).toBe("CREATE_COMPLETE");
  const { Outputs } = world.cfn("DescribeStacks", { StackName: "functions" }).Stacks[0];
  const value = (key: string) => Outputs.find((one: { OutputKey: string }) => one.OutputKey === key)?.OutputValue;
  const arn = value("Exported");
  expect(value("Joined")).toBe("prod-b-x");
  expect(value("Sub")).toBe(`eu-west-1 prod ${arn.split(":").at(-1)} \${Kept}`);
  expect(value("Encoded")).toBe("aGVsbG8=");
  expect(value("Hidden")).toBeUndefined();
  const resources = world.cfn("DescribeStackResources", { StackName: "functions" }).StackResources;
  expect(resources.map((one: { LogicalResourceId: string }) => one.LogicalResourceId)).toEqual(["Topic"]);
  const importing = template({ B: topic({ DisplayName: { "Fn::ImportValue": "functions-topic" } }) });
  world.cfn("CreateStack", { StackName: "importing", TemplateBody: importing });
  expect(world.settle("importing")).toBe("CREATE_COMPLETE");
});

test("ValidateTemplate and GetTemplateSummary describe parameters and capabilities", () => {
  const body = template(
    { R: role({ RoleName: "r" }), T: topic() },
    { Description: "d", Parameters: { P: { Type: "String", Default: "x", Description: "p", NoEcho: true } } },
  );
  expect(world.cfn("ValidateTemplate", { TemplateBody: body })).toEqual({
    Description: "d",
    Parameters: [{ ParameterKey: "P", DefaultValue: "x", NoEcho: true, Description: "p" }],
    Capabilities: ["CAPABILITY_NAMED_IAM"],
    CapabilitiesReason: "The following resource(s) require capabilities: [AWS::IAM::Role]",
  });
  expect(world.cfn("GetTemplateSummary", { TemplateBody: body })).toMatchObject({
    ResourceTypes: ["AWS::IAM::Role", "AWS::SNS::Topic"],
    Version: "2010-09-09",
  });
});
