import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { deploy } from "../../../src/engine/deployment/deploy.ts";
import type { RecordedEvent } from "../../../src/engine/deployment/events.ts";
import { outcomeExitCode } from "../../../src/engine/deployment/outcome.ts";
import { discardPreview, preview } from "../../../src/engine/deployment/preview.ts";
import { remove } from "../../../src/engine/deployment/remove.ts";
import { watch } from "../../../src/engine/deployment/watch.ts";
import { type Ground, openGround, planOf } from "./on-sandbox.ts";

const image = (tag: string) => ({ image: `123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/web:${tag}` });
const types = (events: readonly RecordedEvent[]) => events.map((event) => event.type);
const operations = (events: readonly RecordedEvent[]) =>
  events.filter((event) => event.type === "operation").map((event) => event.operation);
const own = (events: readonly RecordedEvent[]) =>
  events.flatMap((event) => (event.type === "stackEvent" && event.attribution === "own" ? [event.event] : []));

describe("one service, from nothing to nothing", { timeout: 60_000 }, () => {
  let ground: Ground;
  beforeAll(async () => {
    ground = await openGround();
  });
  afterAll(() => ground.close());

  test("is created: stack, rollout, tasks and targets are seen", async () => {
    const { outcome, events, run } = await ground.deploy(planOf(image("1.4.1")));
    expect(outcome).toMatchObject({
      status: "succeeded",
      stackStatus: "CREATE_COMPLETE",
      outputs: {
        ServiceName: "shop-web",
        ClusterName: "production",
        TaskDefinitionFamily: "shop-web",
        TaskDefinitionRevision: "1",
        Region: "eu-west-1",
      },
    });
    expect(operations(events)).toEqual(["create"]);
    const progress = run.progress();
    expect(progress.resources.map((one) => [one.type, one.phase])).toEqual([
      ["AWS::Logs::LogGroup", "done"],
      ["AWS::ECS::TaskDefinition", "done"],
      ["AWS::ECS::Service", "done"],
    ]);
    expect(progress.tasks.filter(({ task, attribution }) => attribution === "own" && task.lastStatus === "RUNNING")).toHaveLength(2);
    expect(Object.values(progress.targets)[0]?.map((target) => target.state)).toEqual(["healthy", "healthy"]);
    expect(progress.serviceDeployments).toMatchObject([
      { attribution: "own", deployment: { status: "SUCCESSFUL", circuitBreaker: { threshold: 3 } } },
    ]);
    expect(new Set(own(events).map((event) => event.id)).size).toBe(own(events).length);
    const times = own(events).map((event) => event.at);
    expect(times).toEqual(times.toSorted());
  });

  test("is deployed again: nothing to update", async () => {
    const { outcome, events } = await ground.deploy(planOf(image("1.4.1")));
    expect(outcome).toMatchObject({ status: "unchanged", outputs: { TaskDefinitionRevision: "1" } });
    expect(outcome.message).toContain("its image references did not change");
    expect(types(events)).not.toContain("accepted");
    expect(events.filter((event) => event.type === "note").map((event) => event.message)).toEqual([
      expect.stringMatching(/^shop-web runs \S+\/shop\/web:1\.4\.1, digest sha256:\w{12}…$/),
      expect.stringContaining("aws ecs update-service --region eu-west-1 --cluster production --service shop-web --force-new-deployment"),
    ]);
  });

  test("is previewed and, declined, left as it was", async () => {
    const plan = planOf({ ...image("1.4.2"), desired: 3, environment: { LEVEL: "debug", API_TOKEN: "hush" } });
    const shown = await preview(ground.cloud, ground.clock, plan);
    expect(shown.kind).toBe("update");
    const taskDefinition = shown.changes.find((change) => change.type === "AWS::ECS::TaskDefinition");
    expect(taskDefinition).toMatchObject({ action: "modify", replacement: "always" });
    expect(taskDefinition?.properties).toContainEqual({
      path: "ContainerDefinitions[shop-web].Image",
      before: image("1.4.1").image,
      after: image("1.4.2").image,
    });
    expect(JSON.stringify(shown)).not.toContain("hush");
    expect(JSON.stringify(shown)).toContain("debug");
    const service = shown.changes.find((change) => change.type === "AWS::ECS::Service");
    expect(service?.properties).toContainEqual({ path: "DesiredCount", before: expect.anything(), after: expect.anything() });
    if (shown.changeSet) await discardPreview(ground.cloud, plan, shown.changeSet);
    expect((await ground.deploy(planOf(image("1.4.1")))).outcome.status).toBe("unchanged");
  });

  test("is updated by the very change set that was shown", async () => {
    const plan = planOf(image("1.4.2"));
    const shown = await preview(ground.cloud, ground.clock, plan);
    const { outcome, events, run } = await ground.deploy({ ...plan, ...(shown.changeSet && { changeSet: shown.changeSet }) });
    expect(outcome).toMatchObject({ status: "succeeded", stackStatus: "UPDATE_COMPLETE", outputs: { TaskDefinitionRevision: "2" } });
    expect(operations(events)).toEqual(["execute"]);
    const attributions = new Set(
      run.progress().tasks.map(({ task, attribution }) => `${task.taskDefinition.split("/").at(-1)} ${attribution}`),
    );
    expect(attributions).toContain("shop-web:2 own");
    expect(attributions).toContain("shop-web:1 earlier");
    expect(run.progress().resources.find((one) => one.type === "AWS::ECS::TaskDefinition")).toMatchObject({ phase: "done" });
  });

  test("is watched from elsewhere while it is updated, with what was before", async () => {
    const plan = planOf({ ...image("1.4.1"), cpu: "512", memory: "1024" });
    const updating = ground.start((ports, signal) => deploy(ports, plan, signal));
    await new Promise<void>((resolve) => updating.subscribe((event) => event.type === "service" && event.own.length > 0 && resolve()));
    updating.stopWatching();
    expect(await updating.done).toMatchObject({ status: "notWaited", reason: "watching" });
    const watching = ground.start((ports, signal) =>
      watch(ports, { stackName: plan.stackName, region: "eu-west-1", cluster: "", wait: plan.wait, token: "w" }, signal),
    );
    expect(await watching.done).toMatchObject({ status: "succeeded", stackStatus: "UPDATE_COMPLETE" });
    expect(own(watching.events)[0]).toMatchObject({ status: "UPDATE_IN_PROGRESS", token: `${plan.token}-update` });
    const running = watching.progress().tasks.filter(({ task }) => task.taskDefinition.endsWith(":3"));
    expect(new Set(running.map((one) => one.attribution))).toEqual(new Set(["own"]));
  });

  test("is deleted, and then again", async () => {
    const plan = planOf();
    const removed = async () => await ground.start((ports, signal) => remove(ports, plan, signal)).done;
    expect(await removed()).toMatchObject({ status: "succeeded", stackStatus: "DELETE_COMPLETE" });
    const again = await removed();
    expect(again.status).toBe("unchanged");
    expect(outcomeExitCode(again)).toBe(0);
  });
});
