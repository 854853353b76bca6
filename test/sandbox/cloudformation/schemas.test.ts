import { loadAwsServiceSpecSync } from "@aws-cdk/aws-service-spec";
import { expect, test } from "vitest";
import { schemaOf } from "../../../src/sandbox/cloudformation/schemas/index.ts";

const spec = loadAwsServiceSpecSync();
// Said by the step's reference, where AWS changes it in place.
const ON_PURPOSE = ["EnableECSManagedTags"];

test.each([
  "AWS::ECS::Service",
  "AWS::ECS::TaskDefinition",
  "AWS::ECS::Cluster",
  "AWS::IAM::Role",
  "AWS::Logs::LogGroup",
  "AWS::SNS::Topic",
  "AWS::SSM::Parameter",
  "AWS::CloudFormation::WaitConditionHandle",
])("the properties of %s are those AWS publishes", (type) => {
  const [official] = spec.lookup("resource", "cloudFormationType", "equals", type);
  const schema = schemaOf(type);
  const properties = Object.entries(official?.properties ?? {});
  const names = Object.keys(schema?.properties ?? {});
  expect(names.map((name) => name.replace("!", "")).sort()).toEqual(properties.map(([name]) => name).sort());
  expect(names.filter((name) => name.endsWith("!")).sort()).toEqual(
    properties.flatMap(([name, property]) => (property.required ? [`${name}!`] : [])).sort(),
  );
  expect(schema?.replacedBy.filter((name) => !ON_PURPOSE.includes(name)).sort()).toEqual(
    properties.flatMap(([name, property]) => (property.causesReplacement === "yes" ? [name] : [])).sort(),
  );
});
