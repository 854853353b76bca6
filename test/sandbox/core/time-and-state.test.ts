import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createAccount } from "../../../src/sandbox/account.ts";
import { createClock } from "../../../src/sandbox/clock.ts";
import { loadWorld } from "../../../src/sandbox/index.ts";
import type { Service } from "../../../src/sandbox/service.ts";
import { emptyRegion, emptyWorld } from "../../../src/sandbox/world.ts";
import { begin, start, temporary } from "../support/sandbox.ts";
import { form, json } from "../support/wire.ts";

describe("the clock", () => {
  it("runs at a multiple of real time, keeps its place when the speed changes, and jumps", () => {
    let real = 0;
    const clock = createClock(1000, 10, () => real);
    real = 50;
    expect(clock.now()).toBe(1500);
    clock.setSpeed(1);
    real = 60;
    expect(clock.now()).toBe(1510);
    clock.advance(90);
    expect(clock.now()).toBe(1600);
    clock.setSpeed(0);
    real = 10_000;
    expect(clock.now()).toBe(1600);
  });
});

const nothing = () => ({});

describe("what is scheduled", () => {
  const record: [string, number][] = [];
  const echo: Service = {
    scope: "echo",
    protocol: "json",
    apiVersion: "1",
    actions: {
      Later: (input, ctx) => ({ id: ctx.schedule(input["ms"], "echo:done", input["name"]) }),
      Never: (input, ctx) => {
        ctx.unschedule(input["id"]);
        return {};
      },
      Look: nothing,
    },
    events: {
      "echo:done": (name: string, ctx) => {
        record.push([name, ctx.now() - begin]);
        if (name === "chain") ctx.schedule(500, "echo:done", "link");
      },
    },
  };
  const live = () => {
    const world = emptyWorld(begin);
    world.regions["eu-west-1"] = emptyRegion({});
    const clock = createClock(begin, 0);
    const account = createAccount({ world, services: [echo], clock });
    const call = (action: string, input: Record<string, unknown> = {}) =>
      account.invoke({ service: echo, action, input, region: "eu-west-1", requestId: "1", endpoint: "" });
    record.length = 0;
    return { clock, call, world };
  };

  it("happens in the order of its times, each at its own time, before the next call is answered", () => {
    const { clock, call } = live();
    for (const [name, ms] of Object.entries({ late: 3000, early: 1000, chain: 1200, alsoEarly: 1000 })) call("Later", { name, ms });
    clock.advance(2000);
    call("Look");
    expect(record).toEqual([
      ["early", 1000],
      ["alsoEarly", 1000],
      ["chain", 1200],
      ["link", 1700],
    ]);
  });

  it("does not happen when it was taken back", () => {
    const { clock, call, world } = live();
    const { id } = call("Later", { name: "never", ms: 10 });
    call("Never", { id });
    clock.advance(100);
    call("Look");
    expect([record, world.events]).toEqual([[], []]);
  });
});

describe("the account", () => {
  it("is the same for the same scenario and moment", async () => {
    const [one, two] = [await start({ scenario: "stuck-rollback" }), await start({ scenario: "stuck-rollback" })];
    expect(JSON.stringify(one.world)).toBe(JSON.stringify(two.world));
  });

  it("is plain JSON", async () => {
    const { world } = await start({ scenario: "in-progress,no-route" });
    expect(JSON.parse(JSON.stringify(world))).toEqual(world);
  });

  it("does not know unknown scenarios", async () => {
    await expect(start({ scenario: "default,meteor" })).rejects.toThrow(
      'There is no sandbox scenario "meteor". There are: default, empty, large,',
    );
  });
});

describe("the state file", () => {
  const groups = (sandbox: Awaited<ReturnType<typeof start>>) =>
    json(sandbox, "logs", "Logs_20140328.DescribeLogGroups", { logGroupNamePrefix: "/mine" });

  it("brings the same account back after the program was ended, with what was under way", async () => {
    const stateFile = join(temporary(), "state.json");
    const first = await start({ stateFile, scenario: "in-progress" });
    await json(first, "logs", "Logs_20140328.CreateLogGroup", { logGroupName: "/mine" });
    const pending = first.world.events.length;
    await first.close();
    expect(statSync(stateFile).mode & 0o777).toBe(0o600);
    const second = await start({ stateFile });
    expect((await groups(second)).body).toContain('"logGroupName":"/mine"');
    expect([second.world.scenario, second.world.events.length]).toEqual(["in-progress", pending]);
    const status = async () =>
      /<StackStatus>(\w+)/.exec(
        (
          await form(second, "cloudformation", "2010-05-15", {
            Action: "DescribeStacks",
            StackName: "cf-ecs-production-serviceshopWeb-default-untenanted",
          })
        ).body,
      )?.[1];
    expect(await status()).toBe("UPDATE_IN_PROGRESS");
    second.advance(20 * 60_000);
    expect(await status()).toBe("UPDATE_COMPLETE");
  });

  it("is written soon after a change, so that a killed program loses next to nothing", async () => {
    const stateFile = join(temporary(), "state.json");
    const sandbox = await start({ stateFile });
    await json(sandbox, "logs", "Logs_20140328.CreateLogGroup", { logGroupName: "/mine" });
    await expect.poll(() => existsSync(stateFile) && readFileSync(stateFile, "utf8").includes('"/mine"'), { timeout: 3000 }).toBe(true);
  });

  it("is begun anew when asked to", async () => {
    const stateFile = join(temporary(), "state.json");
    const first = await start({ stateFile });
    await json(first, "logs", "Logs_20140328.CreateLogGroup", { logGroupName: "/mine" });
    await first.close();
    const second = await start({ stateFile, fresh: true });
    expect(JSON.parse((await groups(second)).body)).toEqual({ logGroups: [] });
  });

  it("never goes back in time, and catches up with the time it was away", async () => {
    const stateFile = join(temporary(), "state.json");
    const first = await start({ stateFile });
    first.advance(3_600_000);
    await first.close();
    expect((await start({ stateFile, now: begin })).clock.now()).toBe(begin + 3_600_000);
    expect((await start({ stateFile, now: begin + 7_200_000 })).clock.now()).toBe(begin + 7_200_000);
  });

  it("is refused by name when it holds something else, and left as it is", async () => {
    const stateFile = join(temporary(), "state.json");
    for (const text of ["{broken", '{"version":7}']) {
      writeFileSync(stateFile, text);
      await expect(start({ stateFile })).rejects.toThrow(`${stateFile} is not a saved sandbox account`);
      expect(readFileSync(stateFile, "utf8")).toBe(text);
    }
    expect(() => loadWorld(stateFile)).toThrow();
  });
});

describe("the port", () => {
  it("answers its taken neighbour with an error, and is free again after closing", async () => {
    const first = await start();
    await expect(start({ port: first.port })).rejects.toThrow("EADDRINUSE");
    await first.close();
    expect((await start({ port: first.port })).port).toBe(first.port);
  });

  it("moves by itself when nobody calls", async () => {
    const sandbox = await start({ scenario: "in-progress", speed: 2000 });
    await expect.poll(() => sandbox.world.events.length, { timeout: 5000 }).toBe(0);
  });
});
