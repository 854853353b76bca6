import {
  DeregisterTargetsCommand,
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  paginateDescribeTargetGroups,
  RegisterTargetsCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { describe, expect, it } from "vitest";
import { verdictOf } from "../../../src/sandbox/elb/targets.ts";
import { clientOptions, start } from "../support/sandbox.ts";

const open = async () => {
  const sandbox = await start();
  const elb = new ElasticLoadBalancingV2Client({ ...clientOptions(sandbox), maxAttempts: 1 });
  const group = async (name: string) => (await elb.send(new DescribeTargetGroupsCommand({ Names: [name] }))).TargetGroups?.[0];
  return { sandbox, elb, group };
};

describe("load balancers", () => {
  it("forward by their listeners' rules to target groups", async () => {
    const { elb, group } = await open();
    const { LoadBalancers = [] } = await elb.send(new DescribeLoadBalancersCommand({ Names: ["shop-alb"] }));
    const [balancer] = LoadBalancers;
    expect([balancer?.Type, balancer?.Scheme, balancer?.State?.Code, balancer?.AvailabilityZones?.length]).toEqual([
      "application",
      "internet-facing",
      "active",
      3,
    ]);
    const { Listeners = [] } = await elb.send(new DescribeListenersCommand({ LoadBalancerArn: balancer?.LoadBalancerArn }));
    expect(Listeners.map((each) => [each.Port, each.DefaultActions?.[0]?.Type])).toEqual([
      [80, "redirect"],
      [443, "forward"],
      [8443, "forward"],
    ]);
    const { Rules = [] } = await elb.send(new DescribeRulesCommand({ ListenerArn: Listeners[1]?.ListenerArn }));
    expect(Rules.map((rule) => [rule.Priority, rule.IsDefault, rule.Conditions?.[0]?.PathPatternConfig?.Values?.[0]])).toEqual([
      ["10", false, "/api/*"],
      ["20", false, "/checkout/*"],
      ["default", true, undefined],
    ]);
    expect((await group("shop-tg"))?.LoadBalancerArns).toEqual([balancer?.LoadBalancerArn]);
    expect((await group("shop-next-tg"))?.LoadBalancerArns).toEqual([]);
  });

  it("are refused by name and ARN in the service's words", async () => {
    const { elb } = await open();
    await expect(elb.send(new DescribeLoadBalancersCommand({ Names: ["none"] }))).rejects.toMatchObject({
      name: "LoadBalancerNotFoundException",
      message: "Load balancers '[none]' not found",
    });
    await expect(elb.send(new DescribeTargetHealthCommand({ TargetGroupArn: "shop-tg" }))).rejects.toMatchObject({
      message: "'shop-tg' is not a valid target group ARN",
    });
  });

  it("page", async () => {
    const { elb } = await open();
    const names: (string | undefined)[] = [];
    for await (const page of paginateDescribeTargetGroups({ client: elb }, { PageSize: 2 })) {
      expect(page.TargetGroups?.length).toBe(2);
      names.push(...(page.TargetGroups ?? []).map((each) => each.TargetGroupName));
    }
    expect(new Set(names).size).toBe(6);
  });
});

describe("targets", () => {
  it("follow the tasks of a service", async () => {
    const { elb, group } = await open();
    const { TargetHealthDescriptions = [] } = await elb.send(
      new DescribeTargetHealthCommand({ TargetGroupArn: (await group("checkout-tg"))?.TargetGroupArn }),
    );
    expect(TargetHealthDescriptions.map((each) => [each.Target?.Port, each.TargetHealth?.State])).toEqual([
      [8080, "healthy"],
      [8080, "healthy"],
    ]);
  });

  it("go from initial to a verdict, drain, and are gone", async () => {
    const { sandbox, elb, group } = await open();
    const target = { TargetGroupArn: (await group("shop-tg"))?.TargetGroupArn, Targets: [{ Id: "10.0.1.9", Port: 80 }] };
    const health = async () =>
      (await elb.send(new DescribeTargetHealthCommand({ TargetGroupArn: target.TargetGroupArn }))).TargetHealthDescriptions?.map(
        (each) => each.TargetHealth,
      );
    await elb.send(new RegisterTargetsCommand(target));
    expect(await health()).toEqual([
      { State: "initial", Reason: "Elb.RegistrationInProgress", Description: "Target registration is in progress" },
    ]);
    sandbox.advance(6000);
    expect(await health()).toEqual([
      { State: "initial", Reason: "Elb.InitialHealthChecking", Description: "Initial health checks in progress" },
    ]);
    sandbox.advance(60_000);
    expect(await health()).toEqual([{ State: "unhealthy", Reason: "Target.Timeout", Description: "Request timed out" }]);
    await elb.send(new DeregisterTargetsCommand(target));
    expect(await health()).toEqual([
      { State: "draining", Reason: "Target.DeregistrationInProgress", Description: "Target deregistration is in progress" },
    ]);
    sandbox.advance(31_000);
    expect(await health()).toEqual([]);
    const { TargetHealthDescriptions } = await elb.send(new DescribeTargetHealthCommand(target));
    expect(TargetHealthDescriptions?.[0]?.TargetHealth?.Reason).toBe("Target.NotRegistered");
  });

  it("are unused behind no listener", async () => {
    const { elb, group } = await open();
    const TargetGroupArn = (await group("shop-next-tg"))?.TargetGroupArn;
    await elb.send(new RegisterTargetsCommand({ TargetGroupArn, Targets: [{ Id: "10.0.1.9" }] }));
    const { TargetHealthDescriptions } = await elb.send(new DescribeTargetHealthCommand({ TargetGroupArn }));
    expect(TargetHealthDescriptions?.[0]?.TargetHealth).toMatchObject({ State: "unused", Reason: "Target.NotInUse" });
  });

  it("are healthy when the answer's code is one the group expects", async () => {
    const { sandbox } = await open();
    const found = Object.values(sandbox.world.regions["eu-west-1"]?.elb.targetGroups ?? {}).find((each) => each.name === "shop-tg");
    if (!found) throw new Error("no shop-tg");
    const matching = (matcher: string, status: number) =>
      verdictOf({ ...found, healthCheck: { ...found.healthCheck, matcher } }, { status });
    expect(matching("200", 200).state).toBe("healthy");
    expect(matching("200-299,301", 301).state).toBe("healthy");
    expect(matching("200-299,301", 404)).toEqual({
      state: "unhealthy",
      reason: "Target.ResponseCodeMismatch",
      description: "Health checks failed with these codes: [404]",
    });
  });
});
