import { describe, expect, it } from "vitest";
import { clusterName, names } from "../../src/engine/names.ts";
import type { JsonObject } from "../../src/engine/schema.ts";
import { effective } from "../../src/engine/values.ts";
import { webProfile, webWith } from "../support/profiles.ts";

const namesOf = (profile: JsonObject) => names(effective(profile).step);
const target = (changes: JsonObject) => webWith({ target: { ...(webProfile["target"] as JsonObject), ...changes } });

describe("generated names", () => {
  it("are those of the reference", () => {
    expect(namesOf(webProfile)).toEqual({
      stackName: "cf-ecs-production-serviceshopWeb-default-untenanted",
      serviceLogicalId: "ServiceshopWeb",
      taskDefinitionLogicalId: "TaskDefinitionshopWeb",
      executionRoleLogicalId: "TaskExecutionRoleshopWeb",
      logGroupLogicalId: "AwsLogGroupshopWeb",
      logGroupName: "/ecs/shop-web",
    });
  });

  it.each([
    [{ tenant: "Acme Corp" }, "cf-ecs-production-serviceshopWeb-default-acmeCorp"],
    [{ environment: "Prod (EU-1)" }, "cf-ecs-production-serviceshopWeb-prodEu1-untenanted"],
    [{ environment: "2nd stage" }, "cf-ecs-production-serviceshopWeb-2ndStage-untenanted"],
    [{ environment: "Région l'Île" }, "cf-ecs-production-serviceshopWeb-regionLIle-untenanted"],
    [{ environment: "Größe" }, "cf-ecs-production-serviceshopWeb-grosse-untenanted"],
    [{ cluster: "arn:aws:ecs:eu-west-1:123456789012:cluster/my_cluster2" }, "cf-ecs-myCluster2-serviceshopWeb-default-untenanted"],
    [{ stackName: "an-older-stack", tenant: "x" }, "an-older-stack"],
  ] as [JsonObject, string][])("stack of %j", (changes, expected) => {
    expect(namesOf(target(changes)).stackName).toBe(expected);
  });

  it("cuts a long stack name to 128 characters", () => {
    const { stackName } = namesOf(target({ environment: "e".repeat(200) }));
    expect(stackName).toHaveLength(128);
    expect(stackName).toMatch(/^cf-ecs-production-serviceshopWeb-e+$/);
  });

  it("reads a cluster's name out of its ARN only", () => {
    expect(clusterName("arn:aws:ecs:eu-west-1:123456789012:cluster/production")).toBe("production");
    expect(clusterName("production")).toBe("production");
  });
});
