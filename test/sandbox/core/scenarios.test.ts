import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
} from "@aws-sdk/client-cloudformation";
import { CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DescribeServicesCommand, DescribeTasksCommand, ECSClient, ListTasksCommand, paginateListClusters } from "@aws-sdk/client-ecs";
import { describe, expect, it } from "vitest";
import { targetGroupArn } from "../../../src/sandbox/data/balancers.ts";
import { secretArn } from "../../../src/sandbox/data/keepings.ts";
import { groupId, subnetId } from "../../../src/sandbox/data/network.ts";
import { type ServiceSpec, serviceTemplate } from "../../../src/sandbox/data/service-template.ts";
import { isScenario, type Sandbox, scenarioNames } from "../../../src/sandbox/index.ts";
import { clientOptions, start } from "../support/sandbox.ts";

const image = (tag: string) => `123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/web:${tag}`;

const web: ServiceSpec = {
  name: "try-out",
  cluster: "production",
  image: image("1.4.2"),
  subnets: [subnetId("main", "private-a", "0f3"), subnetId("main", "private-b", "09c")],
  groups: [groupId("main", "web-tasks")],
  port: 80,
  targetGroup: targetGroupArn("shop-tg"),
};

const StackName = "try-out";

/** Deploys a service on the account of a scenario and lives until the stack has come to an end. */
const open = async (scenario: string) => {
  const sandbox = await start({ scenario });
  const options = clientOptions(sandbox);
  const [cloudFormation, ecs, logs] = [new CloudFormationClient(options), new ECSClient(options), new CloudWatchLogsClient(options)];
  const status = async () => (await cloudFormation.send(new DescribeStacksCommand({ StackName }))).Stacks?.[0]?.StackStatus;
  const reasons = new Set<string>();
  const lines = new Set<string>();
  const watch = async () => {
    const { taskArns = [] } = await ecs.send(new ListTasksCommand({ cluster: "production", family: StackName, desiredStatus: "STOPPED" }));
    if (taskArns.length > 0) {
      const { tasks = [] } = await ecs.send(new DescribeTasksCommand({ cluster: "production", tasks: taskArns }));
      for (const task of tasks)
        for (const text of [task.stoppedReason, ...(task.containers ?? []).map((each) => each.reason)]) if (text) reasons.add(text);
    }
    const { services = [] } = await ecs.send(new DescribeServicesCommand({ cluster: "production", services: [StackName] }));
    for (const event of services.flatMap((each) => each.events ?? [])) reasons.add(event.message ?? "");
    const { events = [] } = await logs
      .send(new FilterLogEventsCommand({ logGroupName: `/ecs/${StackName}` }))
      .catch(() => ({ events: [] }));
    for (const event of events) lines.add(event.message ?? "");
  };
  const deploy = async (spec: ServiceSpec): Promise<string | undefined> => {
    await cloudFormation.send(
      new CreateStackCommand({ StackName, TemplateBody: serviceTemplate(spec), Capabilities: ["CAPABILITY_NAMED_IAM"] }),
    );
    for (let step = 0; step < 200; step += 1) {
      sandbox.advance(30_000);
      await watch();
      const now = await status();
      if (!now?.endsWith("_IN_PROGRESS")) return now;
    }
    throw new Error(`still ${await status()} after 100 minutes`);
  };
  const clear = async () => {
    await cloudFormation.send(new DeleteStackCommand({ StackName }));
    sandbox.advance(10 * 60_000);
  };
  const failures = async () =>
    (await cloudFormation.send(new DescribeStackEventsCommand({ StackName }))).StackEvents?.filter((each) =>
      each.ResourceStatus?.endsWith("_FAILED"),
    ).map((each) => each.ResourceStatusReason);
  return { sandbox, deploy, clear, failures, reasons, lines };
};

const withSecret: ServiceSpec = { ...web, secrets: { PASSWORD: secretArn("shop/stripe-api-key") } };

describe("a deployment", () => {
  it("succeeds on the default account", async () => {
    const { deploy } = await open("default");
    expect(await deploy(withSecret)).toBe("CREATE_COMPLETE");
  });

  const giveBackNat = (sandbox: Sandbox): Partial<ServiceSpec> => {
    const { natGateways = {}, routeTables = {} } = sandbox.world.regions["eu-west-1"]?.ec2 ?? {};
    for (const nat of Object.values(natGateways)) nat.state = "available";
    for (const route of Object.values(routeTables).flatMap((table) => table.routes)) route.state = "active";
    return { subnets: [subnetId("main", "private-a", "0f3")] };
  };

  it.each<[scenario: string, spec: ServiceSpec, reason: RegExp, cure: (sandbox: Sandbox) => Partial<ServiceSpec>]>([
    ["image-not-found", web, /CannotPullContainerError: .*shop\/web:1\.4\.2: not found/, () => ({ image: image("1.4.1") })],
    [
      "wrong-architecture",
      web,
      /image Manifest does not contain descriptor matching platform 'linux\/amd64'/,
      () => ({ image: image("1.4.1") }),
    ],
    ["crash-loop", web, /Essential container in task exited/, () => ({ environment: { DATABASE_URL: "postgres://db" } })],
    ["out-of-memory", web, /OutOfMemoryError: Container killed due to memory usage/, () => ({ memory: "1024" })],
    [
      "unhealthy-targets",
      web,
      /failed ELB health checks|Health checks failed with these codes: \[404\]/,
      () => ({ environment: { HEALTH: "on" } }),
    ],
    ["no-route", web, /ResourceInitializationError: unable to pull secrets or registry auth/, giveBackNat],
    [
      "secret-denied",
      withSecret,
      /is not authorized to perform: secretsmanager:GetSecretValue on resource: .*shop\/stripe-api-key/,
      () => ({ secrets: {} }),
    ],
  ])("fails in %s as it does for real, and runs once the value at fault is changed", async (scenario, spec, reason, cure) => {
    const { sandbox, deploy, clear, failures, reasons, lines } = await open(scenario);
    expect(await deploy(spec)).toBe("ROLLBACK_COMPLETE");
    expect([...reasons].join("\n")).toMatch(reason);
    expect((await failures())?.[0]).toBeTruthy();
    if (scenario === "crash-loop") expect([...lines].join("\n")).toMatch(/\n\s+at /);
    await clear();
    expect(await deploy({ ...spec, ...cure(sandbox) })).toBe("CREATE_COMPLETE");
  });

  it("leaves services that already run alone, whatever the scenario", async () => {
    const { sandbox } = await open("image-not-found,no-route,crash-loop");
    sandbox.advance(3_600_000);
    const { services = [] } = await new ECSClient(clientOptions(sandbox)).send(
      new DescribeServicesCommand({ cluster: "production", services: ["checkout", "search", "orders-worker"] }),
    );
    expect(services.map((each) => [each.runningCount, each.desiredCount])).toEqual([
      [2, 2],
      [2, 2],
      [1, 1],
    ]);
  });
});

describe("scenarios of the account's state", () => {
  it.each([
    ["failed-create", "ROLLBACK_COMPLETE"],
    ["stuck-rollback", "UPDATE_ROLLBACK_FAILED"],
    ["in-progress", "UPDATE_IN_PROGRESS"],
  ])("%s has shop-web's stack in %s", async (scenario, status) => {
    const sandbox = await start({ scenario });
    const { Stacks = [] } = await new CloudFormationClient(clientOptions(sandbox)).send(
      new DescribeStacksCommand({ StackName: "cf-ecs-production-serviceshopWeb-default-untenanted" }),
    );
    expect(Stacks[0]?.StackStatus).toBe(status);
  });

  it("large has 400 clusters, in pages", async () => {
    const sandbox = await start({ scenario: "large" });
    expect(sandbox.world.faults).toEqual([{ kind: "slow", action: "*", delayMs: 80 }]);
    sandbox.setFaults([]);
    const pages: number[] = [];
    for await (const page of paginateListClusters({ client: new ECSClient(clientOptions(sandbox)) }, {}))
      pages.push(page.clusterArns?.length ?? 0);
    expect([pages.reduce((a, b) => a + b), Math.max(...pages)]).toEqual([400, 100]);
  });

  it("empty has nothing to choose from", async () => {
    const sandbox = await start({ scenario: "empty" });
    for await (const page of paginateListClusters({ client: new ECSClient(clientOptions(sandbox)) }, {}))
      expect(page.clusterArns).toEqual([]);
  });
});

describe("names of scenarios", () => {
  it("are those there are, together or alone, and denials of any action", () => {
    for (const name of scenarioNames) expect(isScenario(name)).toBe(true);
    expect(isScenario("crash-loop, throttled")).toBe(true);
    expect(isScenario("denied:iam:PassRole")).toBe(true);
    expect([isScenario("crash"), isScenario("denied:"), isScenario("constructor")]).toEqual([false, false, false]);
  });
});
