import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { JsonObject } from "../../../src/engine/schema.ts";
import { buildTemplate, printTemplate } from "../../../src/engine/template/index.ts";
import { effective } from "../../../src/engine/values.ts";
import { webProfile, webWith } from "../../support/profiles.ts";

const printed = (profile: JsonObject) => printTemplate(buildTemplate(effective(profile).step));

/** The lines of an environment variable's value, as the template has them. */
function valueLines(value: string): string[] {
  const lines = printed(webWith({}, { environment: [{ name: "X", value }] })).split("\n");
  const from = lines.findIndex((line) => line.includes("Name: X")) + 1;
  const to = lines.findIndex((line, at) => at > from && /^ {10}\S/.test(line));
  return lines.slice(from, to).map((line) => line.trim());
}

describe("a template as YAML", () => {
  it("is written as a person would: blocks, a section's title above what belongs to it, quotes only where needed", () => {
    const text = printed(webProfile);
    expect(text.slice(0, text.indexOf("      # Containers"))).toBe(`AWSTemplateFormatVersion: "2010-09-09"

Parameters:
  # Deployment target
  ClusterName:
    Type: String
    Default: production
  # Configuration
  TaskDefinitionName:
    Type: String
    Default: shop-web
  # Task execution role
  AmazonECSTaskExecutionRolePolicyArn:
    Type: String
    Default: arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy
  # Task size
  TaskDefinitionCPU:
    Type: String
    Default: "256"
  TaskDefinitionMemory:
    Type: String
    Default: "512"
  # Containers
  LogGroupName:
    Type: String
    Default: /ecs/shop-web

Resources:
  # Task execution role: ECS pulls images and writes logs with it
  TaskExecutionRoleshopWeb:
    Type: AWS::IAM::Role
    Properties:
      Path: /
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal:
              Service:
                - ecs-tasks.amazonaws.com
            Action:
              - sts:AssumeRole
      ManagedPolicyArns:
        - Ref: AmazonECSTaskExecutionRolePolicyArn

  # Containers: the log group of those that log automatically
  AwsLogGroupshopWeb:
    Type: AWS::Logs::LogGroup
    Properties:
      LogGroupName:
        Ref: LogGroupName

  # Task definition: what runs
  TaskDefinitionshopWeb:
    Type: AWS::ECS::TaskDefinition
    Properties:
      # Configuration
      Family:
        Ref: TaskDefinitionName
      # Task execution role
      ExecutionRoleArn:
        Fn::GetAtt:
          - TaskExecutionRoleshopWeb
          - Arn
      RequiresCompatibilities:
        - FARGATE
      NetworkMode: awsvpc
      # Task size
      Cpu:
        Ref: TaskDefinitionCPU
      Memory:
        Ref: TaskDefinitionMemory
      RuntimePlatform:
        OperatingSystemFamily: LINUX
        CpuArchitecture: X86_64
`);
  });

  it.each([
    ["plain text", "Value: plain text"],
    ["curl -f http://localhost/ || exit 1", "Value: curl -f http://localhost/ || exit 1"],
    ["it's", "Value: it's"],
    ['{"a": 1}', "Value: '{\"a\": 1}'"],
    ["a\\b", "Value: a\\b"],
    ["", 'Value: ""'],
    ["true", 'Value: "true"'],
    ["yes", 'Value: "yes"'],
    ["1.10", 'Value: "1.10"'],
    ["007", 'Value: "007"'],
    ["0o17", 'Value: "0o17"'],
    ["12:30:45", 'Value: "12:30:45"'],
    ["2026-11-28", 'Value: "2026-11-28"'],
    ["=", 'Value: "="'],
    ["<<", 'Value: "<<"'],
    ["a: b", 'Value: "a: b"'],
    ["a\tb", 'Value: "a\\tb"'],
    ["\u007f\u2028", 'Value: "\\u007f\\u2028"'],
    ["#{Name}", 'Value: "#{Name}"'],
  ])("has %j as %s", (value, line) => {
    expect(valueLines(value)).toEqual([line]);
  });

  it("has several lines as a block", () => {
    expect(valueLines("if x; then\n  y\nfi\n")).toEqual(["Value: |", "if x; then", "y", "fi"]);
  });

  it("says the same as JSON, whatever a text holds", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary-ascii" }),
      fc.string({ unit: "grapheme" }),
      fc.stringMatching(/^[-+0-9eExob_.:~ynYN=<]{1,6}$/),
    );
    fc.assert(
      fc.property(fc.array(text, { minLength: 20, maxLength: 40 }), (values) => {
        const profile = webWith({}, { environment: values.map((value, at) => ({ name: `V${at}`, value })) });
        const template = buildTemplate(effective(profile).step);
        for (const version of ["1.1", "1.2"] as const) expect(parse(printTemplate(template), { version })).toEqual(template);
      }),
      { numRuns: 40 },
    );
  });
});
