import { expect, test } from "vitest";
import { masked, withoutSecrets } from "../../src/cli/deployment/without-secrets.ts";
import type { DeployEvent } from "../../src/engine/deployment/events.ts";
import type { Outcome } from "../../src/engine/deployment/outcome.ts";

test("secret values are masked wherever they stand; short ones where they stand alone", () => {
  expect(masked({ a: ["x hidden-token y"], b: { c: "hidden-token", d: 1, e: null } }, ["hidden-token"])).toEqual({
    a: ["x ••• y"],
    b: { c: "•••", d: 1, e: null },
  });
  expect(masked(["no", "notes", "another"], ["no"])).toEqual(["•••", "notes", "another"]);
});

test("a log that prints a secret is told without it; what an event is stays readable", async () => {
  async function* work(): AsyncGenerator<DeployEvent, Outcome> {
    yield { type: "logs", task: "t1", container: "web", group: "/ecs/web", lines: [{ at: "", text: "password is hidden-token" }] };
    return { status: "failed", message: "failed with hidden-token", stackName: "shop" };
  }
  const facts = withoutSecrets(work(), ["hidden-token", "logs", "failed"]);
  expect(await facts.next()).toMatchObject({ value: { type: "logs", lines: [{ text: "password is •••" }] } });
  expect(await facts.next()).toMatchObject({ done: true, value: { status: "failed", message: "••• with •••" } });
});
