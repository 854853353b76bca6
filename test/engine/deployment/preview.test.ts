import { describe, expect, test } from "vitest";
import type { ChangeSet, ResourceChange } from "../../../src/engine/deployment/change-set.ts";
import { discardPreview, preview } from "../../../src/engine/deployment/preview.ts";
import type { Cloud } from "../../../src/engine/ports.ts";
import { jumpingClock, problem, scriptedCloud, stack, stackId } from "./scripted.ts";
import { denied, plan as simple } from "./scripted-account.ts";

const template = (image: string, cpu = "256") => ({
  Parameters: { Cpu: { Type: "String", Default: cpu } },
  Resources: {
    Task: { Type: "AWS::ECS::TaskDefinition", Properties: { Cpu: { Ref: "Cpu" }, ContainerDefinitions: [{ Name: "web", Image: image }] } },
    Service: { Type: "AWS::ECS::Service", Properties: { TaskDefinition: { Ref: "Task" }, DesiredCount: 1 } },
  },
});
const planOf = (image: string, cpu?: string) => {
  const made = template(image, cpu);
  return { ...simple, template: JSON.stringify(made), resources: made.Resources };
};
const change = (more: Partial<ResourceChange>): ResourceChange => ({
  action: "Modify",
  logicalId: "Task",
  type: "AWS::ECS::TaskDefinition",
  details: [],
  ...more,
});
const changeSet = (more: Partial<ChangeSet>): ChangeSet => ({
  id: "cs",
  name: "cs",
  stackId,
  status: "CREATE_COMPLETE",
  changes: [],
  ...more,
});

async function previewed(calls: Partial<Cloud>, plan = planOf("shop:2", "512")) {
  const cloud = scriptedCloud({
    createChangeSet: async () => ({ id: "cs", stackId }),
    changeSetFindings: async () => [],
    getTemplate: async () => JSON.stringify(template("shop:1")),
    deleteChangeSet: async () => {},
    ...calls,
  });
  return { cloud, result: await preview(cloud, jumpingClock(), plan) };
}

describe("a preview", () => {
  test("of an update: each resource with what differs, parameters resolved, ready to be executed", async () => {
    let asked = 0;
    const { result, cloud } = await previewed({
      describeStack: async () => stack("UPDATE_COMPLETE", { parameters: { Cpu: "256" } }),
      describeChangeSet: async () =>
        ++asked < 3 ? changeSet({ status: "CREATE_IN_PROGRESS" }) : changeSet({ changes: [change({ replacement: "True" })] }),
    });
    expect(result).toMatchObject({ kind: "update", changeSet: { id: "cs", type: "UPDATE" }, findings: [], warnings: [] });
    expect(result.changes).toMatchObject([
      {
        action: "modify",
        replacement: "always",
        meaning: expect.stringContaining("new revision"),
        properties: [
          { path: "Cpu", before: "256", after: "512" },
          { path: "ContainerDefinitions[web].Image", before: "shop:1", after: "shop:2" },
        ],
      },
    ]);
    expect(cloud.made).not.toContain("deleteChangeSet");
  });

  test("of a first deployment is a change set of its own kind", async () => {
    const { result } = await previewed({
      describeStack: async () => undefined,
      describeChangeSet: async () => changeSet({ changes: [change({ action: "Add" })] }),
    });
    expect(result).toMatchObject({ kind: "create", changeSet: { type: "CREATE" }, changes: [{ action: "add" }] });
  });

  test("without changes leaves nothing behind", async () => {
    const { result, cloud } = await previewed({
      describeStack: async () => stack("UPDATE_COMPLETE"),
      describeChangeSet: async () =>
        changeSet({
          status: "FAILED",
          reason: "The submitted information didn't contain changes. Submit different information to create a change set.",
        }),
    });
    expect(result).toMatchObject({ kind: "unchanged", changes: [] });
    expect(cloud.made).toContain("deleteChangeSet");
  });

  test("that validation refuses says what and where", async () => {
    const finding = { message: "extraneous key [X]", path: "/Resources/Service/Properties/X", severity: "error" } as const;
    const { result } = await previewed({
      describeStack: async () => stack("UPDATE_COMPLETE"),
      describeChangeSet: async () => changeSet({ status: "FAILED", reason: "validation failed" }),
      changeSetFindings: async () => [finding],
    });
    expect(result).toMatchObject({ kind: "invalid", findings: [finding] });
  });

  test("of a stack that has to be deleted first shows what goes and what comes", async () => {
    const { result, cloud } = await previewed({
      describeStack: async () => stack("ROLLBACK_COMPLETE"),
      stackResources: denied("DescribeStackResources"),
    });
    expect(result.kind).toBe("replace");
    expect(result.changes.map((one) => `${one.action} ${one.logicalId}`)).toEqual([
      "remove Task",
      "remove Service",
      "add Task",
      "add Service",
    ]);
    expect(cloud.made).not.toContain("createChangeSet");
  });

  test("of a stack whose rollback has deleted all but one resource names only that one as lost", async () => {
    const resource = { type: "AWS::ECS::Service", physicalId: "arn:x", at: new Date(0) };
    const { result } = await previewed({
      describeStack: async () => stack("ROLLBACK_COMPLETE"),
      stackResources: async () =>
        [
          { ...resource, logicalId: "Task", status: "DELETE_COMPLETE" },
          { ...resource, logicalId: "Service", status: "DELETE_FAILED" },
        ] as unknown as Awaited<ReturnType<Cloud["stackResources"]>>,
    });
    expect(result.changes.map((one) => `${one.action} ${one.logicalId}`)).toEqual(["remove Service", "add Task", "add Service"]);
  });

  test("while another operation runs changes nothing", async () => {
    const { result } = await previewed({ describeStack: async () => stack("UPDATE_IN_PROGRESS") });
    expect(result).toMatchObject({ kind: "busy", stackStatus: "UPDATE_IN_PROGRESS" });
  });

  test("without the permission compares the templates and says so", async () => {
    const { result } = await previewed({
      describeStack: async () => stack("UPDATE_COMPLETE"),
      createChangeSet: denied("cloudformation:CreateChangeSet"),
    });
    expect(result).toMatchObject({ kind: "update", warnings: [expect.stringContaining("cloudformation:CreateChangeSet")] });
    expect(result.changes).toMatchObject([{ logicalId: "Task", replacement: "unknown" }]);
    expect(result).not.toHaveProperty("changeSet");
  });

  test("of a template that is refused at once is a finding", async () => {
    const { result } = await previewed({
      describeStack: async () => undefined,
      createChangeSet: () => Promise.reject(problem("invalid", { detail: "Template format error: x" })),
    });
    expect(result).toMatchObject({ kind: "invalid", findings: [{ message: "Template format error: x" }] });
  });

  test("without access is an error", async () => {
    await expect(previewed({ describeStack: () => Promise.reject(problem("credentials")) })).rejects.toMatchObject({
      problem: { kind: "credentials" },
    });
  });
});

test("a declined first deployment leaves no stack, unless somebody has made a real one of it", async () => {
  const discard = async (status: string) => {
    const cloud = scriptedCloud({ describeStack: async () => stack(status), deleteStack: async () => {} });
    await discardPreview(cloud, { token: "d1" }, { id: "cs", type: "CREATE", stackId });
    return cloud.made;
  };
  expect(await discard("REVIEW_IN_PROGRESS")).toContain("deleteStack");
  expect(await discard("CREATE_COMPLETE")).not.toContain("deleteStack");
});
