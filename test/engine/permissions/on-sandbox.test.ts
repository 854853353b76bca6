import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { PolicyDocument } from "../../../src/engine/permissions/policy.ts";
import { targetGroupArn } from "../../../src/sandbox/data/balancers.ts";
import { allows } from "../../../src/sandbox/iam/evaluate.ts";
import { parsePolicy } from "../../../src/sandbox/iam/policy.ts";
import { example, webService } from "../../support/example-profiles.ts";
import { openTrail, policyOf, ready, type Trail, type Use } from "./trail.ts";

const textOf = (name: string) => readFileSync(example(name), "utf8");
const change = { "deployment.desiredCount": "2", "taskSize.memory": "2048", "taskSize.cpu": "1024" };

const refused = (policy: PolicyDocument, uses: readonly Use[]) => {
  const document = parsePolicy(JSON.stringify(policy), "identity");
  return uses.filter(
    ({ action, resources, conditions }) =>
      action !== "sts:GetCallerIdentity" &&
      !resources.every((resource) => allows(document, { action, resource: resource || "*", context: conditions })),
  );
};

const without = ({ Version, Statement }: PolicyDocument, sid: string): PolicyDocument => ({
  Version,
  Statement: Statement.filter(({ Sid }) => Sid !== sid),
});

const withoutAction = ({ Version, Statement }: PolicyDocument, sid: string, action: string): PolicyDocument => ({
  Version,
  Statement: Statement.map((one) => (one.Sid === sid ? { ...one, Action: one.Action.filter((each) => each !== action) } : one)).filter(
    ({ Action }) => Action.length > 0,
  ),
});

/** What CloudFormation and its handlers are documented to need when tags change, and for reads, which the sandbox does without. */
const notMet = [
  "DeployStack cloudformation:TagResource",
  "DeployStack cloudformation:UntagResource",
  "DeployService ecs:UntagResource",
  "DeployService ecs:ListTagsForResource",
  "RegisterTaskDefinition ecs:UntagResource",
  "RegisterTaskDefinition ecs:ListTagsForResource",
  "CreateExecutionRole iam:UntagRole",
  "CreateLogGroup logs:GetDataProtectionPolicy",
  "CreateLogGroup logs:UntagResource",
];

describe("the policy of a profile is enough", { timeout: 60_000 }, () => {
  test.each(["web-service", "web-with-sidecar", "everything"])("to deploy, preview, change and delete examples/%s", async (name) => {
    const first = ready(textOf(name));
    const policy = policyOf(first);
    await using trail = await openTrail({ policy });
    await trail.check(first);
    expect(await trail.deployer.deploy(first).done).toMatchObject({ status: "succeeded", stackStatus: "CREATE_COMPLETE" });
    const next = ready(textOf(name), change);
    expect(await trail.deployer.preview(next)).toMatchObject({ kind: "update" });
    expect(await trail.deployer.deploy(next).done).toMatchObject({ status: "succeeded", stackStatus: "UPDATE_COMPLETE" });
    expect(await trail.deployer.remove(next).done).toMatchObject({ status: "succeeded" });
    expect(refused(policy, trail.uses)).toEqual([]);
  });

  test("where the account has no service-linked role yet", async () => {
    const first = ready(webService);
    await using trail = await openTrail({ policy: policyOf(first) });
    delete trail.sandbox.world.iam.roles["AWSServiceRoleForECS"];
    expect(await trail.deployer.deploy(first).done).toMatchObject({ status: "succeeded" });
    expect(trail.actions("aws")).toContain("iam:CreateServiceLinkedRole");
  });

  test("to cancel, to continue a failed rollback, and to see why it failed", async () => {
    const { policy, uses } = await troubles();
    // The scenario's stack names its service; a profile's stack never does.
    const named = "arn:aws:ecs:eu-west-1:123456789012:service/production/shop-web";
    expect(refused(policy, uses).filter(({ resources }) => resources.join() !== named)).toEqual([]);
  });
});

/** The service of the scenarios, behind its load balancer. */
const shopWeb = `${webService}loadBalancerMappings:
  - {containerName: web, containerPort: 80, targetGroupArn: "${targetGroupArn("shop-tg")}"}
`;
/** Without a circuit breaker a rollout that fails goes on for hours. */
const endless = shopWeb.replace(/deployment:\n.*\n/, "");

/** So slow that a rollout without end goes on for a minute of real time at least. */
const whileItRuns = 150;

const distinct = (uses: readonly Use[]) => [...new Map(uses.map((use) => [JSON.stringify(use), use])).values()];

let met: ReturnType<typeof meetTroubles> | undefined;

/** Everything that may come after a deployment that does not go well, done with the policy of the profile; met once. */
function troubles(): ReturnType<typeof meetTroubles> {
  met ??= meetTroubles();
  return met;
}

async function meetTroubles(): Promise<{ policy: PolicyDocument; uses: readonly Use[] }> {
  const profile = ready(shopWeb);
  const policy = policyOf(profile);
  const uses: Use[] = [];
  const during = async (scenario: string, work: (trail: Trail) => Promise<unknown>, speed = 1000) => {
    await using trail = await openTrail({ scenario, policy, speed });
    await work(trail);
    uses.push(...trail.uses);
  };
  const cancelled = async (trail: Trail, text: string, keep = false) => {
    const run = trail.deployer.deploy(ready(text));
    const rolling = () =>
      run.progress().serviceDeployments.some(({ deployment, attribution }) => deployment.status === "IN_PROGRESS" && attribution === "own");
    await expect.poll(rolling, { timeout: 20_000, interval: 5 }).toBe(true);
    run.cancel({ keep });
    expect(await run.done).toMatchObject({ status: "cancelled" });
  };
  await during("crash-loop", async ({ deployer }) => {
    expect(await deployer.deploy(profile).done).toMatchObject({ status: "failed" });
  });
  await during("crash-loop", (trail) => cancelled(trail, endless), whileItRuns);
  await during("crash-loop", (trail) => cancelled(trail, endless, true), whileItRuns);
  const update = async (trail: Trail) => {
    expect(await trail.deployer.deploy(profile).done).toMatchObject({ status: "succeeded" });
    await cancelled(trail, endless.replace(":1.4.2", ":9.9.9"));
  };
  await during("default", update, whileItRuns);
  await during("stuck-rollback", async ({ deployer }) => {
    expect(await deployer.recover(profile, ["ServiceshopWeb"]).done).toMatchObject({ stackStatus: "UPDATE_ROLLBACK_COMPLETE" });
  });
  return { policy, uses };
}

describe("the policy of a profile has nothing to spare", { timeout: 60_000 }, () => {
  test("every statement and every action allows something that is needed and that no other allows", async () => {
    const profile = ready(shopWeb);
    await using trail = await openTrail();
    delete trail.sandbox.world.iam.roles["AWSServiceRoleForECS"];
    await trail.check(profile);
    const keeping = { ...change, "containers[0].logging.retentionInDays": "30" };
    await trail.deployer.deploy(ready(shopWeb, keeping)).done;
    await trail.deployer.preview(profile);
    const { changeSet } = await trail.deployer.propose(profile);
    await trail.deployer.deploy(profile, changeSet ? { changeSet } : {}).done;
    await trail.deployer.remove(profile).done;
    const { policy, uses } = await troubles();
    const beyond = new Set(refused(policy, uses));
    const all = distinct([...trail.uses, ...uses.filter((use) => !beyond.has(use))]);
    const spare = policy.Statement.filter(({ Sid }) => refused(without(policy, Sid), all).length === 0);
    expect(spare.map(({ Sid }) => Sid)).toEqual([]);
    const actions = policy.Statement.flatMap(({ Sid, Action }) =>
      Action.filter((action) => refused(withoutAction(policy, Sid, action), all).length === 0).map((action) => `${Sid} ${action}`),
    );
    expect(actions).toEqual(notMet);
  });

  test.each([
    ["DeployStack", /cloudformation:CreateStack/],
    ["DeployService", /ecs:CreateService/],
    ["RegisterTaskDefinition", /ecs:RegisterTaskDefinition/],
    ["PassRolesToTasks", /iam:PassRole on resource: arn:aws:iam::123456789012:role\//],
    ["CreateExecutionRole", /iam:CreateRole/],
    ["AttachExecutionPolicy", /iam:AttachRolePolicy/],
    ["CreateLogGroup", /logs:CreateLogGroup|logs:TagResource/],
  ])("without %s the deployment fails and says so", async (sid, said) => {
    const profile = ready(webService);
    await using trail = await openTrail({ policy: without(policyOf(profile), sid) });
    const run = trail.deployer.deploy(profile);
    const outcome = await run.done;
    expect(outcome).toMatchObject({ status: "failed" });
    expect(JSON.stringify(run.events)).toMatch(said);
    expect(JSON.stringify(run.events)).toMatch(/not authorized to perform/);
  });
});
