import { afterAll, beforeAll, expect, test } from "vitest";
import { webService, writeProfile } from "../support/example-profiles.ts";
import { openAccount, run, temporaryFolder } from "../support/program.ts";

const first = temporaryFolder();
const second = temporaryFolder();
let account: Awaited<ReturnType<typeof openAccount>>;
beforeAll(async () => {
  account = await openAccount(first.path);
});
afterAll(async () => {
  await account[Symbol.asyncDispose]();
  first[Symbol.dispose]();
  second[Symbol.dispose]();
});

/** Another machine's program: a home of its own, the same account. */
const elsewhere = (...args: string[]) =>
  run([...args, "--endpoint-url", account.endpoint], { home: second.path, env: { AWS_REGION: "eu-west-1" } });
const last = (stdout: string) => JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as Record<string, unknown>;
const stack = (name: string) => `cf-ecs-production-service${name}-default-untenanted`;

/** Begins a creation of a service under that name here, and leaves it to AWS. */
async function begin(name: string): Promise<void> {
  const profile = writeProfile(first.path, webService.replaceAll("shop-web", name), `${name}.yaml`);
  const { code, stderr } = await run(["deploy", profile, "--yes", "--no-wait", "--endpoint-url", account.endpoint], { home: first.path });
  expect(code, stderr).toBe(0);
}

test("on another machine: what runs there is found by the stack's name, and afterwards again by its record", async () => {
  const nothing = await elsewhere("watch");
  expect(nothing.code).toBe(2);
  expect(nothing.stderr).toContain("nothing is being deployed in eu-west-1, and no deployment is recorded here");
  await begin("far");
  const named = await elsewhere("watch", stack("far"), "--json");
  expect(named.code, named.stderr).toBe(0);
  expect(named.stdout).toContain('"type":"stackEvent"');
  expect(last(named.stdout)).toMatchObject({ status: "succeeded", outputs: { ClusterName: "production", TaskDefinitionFamily: "far" } });
  const recorded = await elsewhere("watch", "--json");
  expect(last(recorded.stdout)).toMatchObject({ status: "succeeded", stackName: stack("far") });
  const unknown = await elsewhere("watch", "nowhere");
  expect(unknown).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("there is no profile, deployment or stack nowhere in eu-west-1"),
  });
});
