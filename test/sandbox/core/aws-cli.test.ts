import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { groupId, subnetId } from "../../../src/sandbox/data/network.ts";
import { serviceTemplate } from "../../../src/sandbox/data/service-template.ts";
import { start } from "../support/sandbox.ts";

const installed = spawnSync("aws", ["--version"]).status === 0;

const template = serviceTemplate({
  name: "from-cli",
  cluster: "production",
  image: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/web:1.4.2",
  subnets: [subnetId("main", "private-a", "0f3")],
  groups: [groupId("main", "web-tasks")],
  port: 80,
});

describe.skipIf(!installed)("the AWS CLI, where it is installed", () => {
  it("deploys, waits, looks and reads logs", { timeout: 60_000 }, async () => {
    const sandbox = await start();
    const env = {
      PATH: process.env["PATH"],
      HOME: "/nonexistent",
      AWS_ENDPOINT_URL: sandbox.endpoint,
      AWS_ACCESS_KEY_ID: "any",
      AWS_SECRET_ACCESS_KEY: "thing",
      AWS_DEFAULT_REGION: "eu-west-1",
      AWS_PAGER: "",
    };
    const aws = async (...args: string[]): Promise<string> =>
      (await promisify(execFile)("aws", [...args, "--output", "text"], { env })).stdout.trim();
    const stack = ["--stack-name", "from-cli"];
    await aws("cloudformation", "create-stack", ...stack, "--capabilities", "CAPABILITY_NAMED_IAM", "--template-body", template);
    sandbox.advance(10 * 60_000);
    await aws("ecs", "wait", "services-stable", "--cluster", "production", "--services", "from-cli");
    const statuses = await aws("cloudformation", "describe-stack-events", ...stack, "--query", "StackEvents[].ResourceStatus");
    expect(statuses.split("\t")[0]).toBe("CREATE_COMPLETE");
    const subnets = await aws("ec2", "describe-subnets", "--filters", "Name=tag:Name,Values=private-*", "--query", "Subnets[].CidrBlock");
    expect(subnets.split("\t")).toEqual(["10.0.1.0/24", "10.0.2.0/24", "10.0.3.0/24"]);
    const lines = await aws("logs", "filter-log-events", "--log-group-name", "/ecs/from-cli", "--query", "events[].message");
    expect(lines).toContain("listening on 0.0.0.0:80");
    const group = await aws("elbv2", "describe-target-groups", "--names", "shop-next-tg", "--query", "TargetGroups[].TargetGroupArn");
    await aws("elbv2", "register-targets", "--target-group-arn", group, "--targets", "Id=10.0.1.77,Port=80");
    await expect(aws("cloudformation", "describe-stacks", "--stack-name", "none")).rejects.toMatchObject({
      stderr: expect.stringContaining(
        "An error occurred (ValidationError) when calling the DescribeStacks operation: Stack with id none does not exist",
      ),
    });
  });
});
