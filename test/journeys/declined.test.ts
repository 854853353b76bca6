import { afterAll, beforeAll, expect, test } from "vitest";
import { createClients } from "../../src/aws-discovery/clients.ts";
import { createCloud } from "../../src/aws-discovery/cloud/index.ts";
import { writeProfile } from "../support/example-profiles.ts";
import { seesChanges } from "../support/person.ts";
import { key, open, openAccount, type Session, start, temporaryFolder } from "../support/program.ts";

const home = temporaryFolder();
let account: Awaited<ReturnType<typeof openAccount>>;
beforeAll(async () => {
  account = await openAccount(home.path);
});
afterAll(async () => {
  await account[Symbol.asyncDispose]();
  home[Symbol.dispose]();
});

/** The state of the stack in the account: `REVIEW_IN_PROGRESS` while nothing but a change set is there. */
async function stackStatus(endpointUrl = account.endpoint): Promise<string | undefined> {
  const credentials = { AWS_ACCESS_KEY_ID: "AKIASANDBOX", AWS_SECRET_ACCESS_KEY: "sandbox" };
  Object.assign(process.env, credentials);
  const clients = createClients({ region: "eu-west-1", endpointUrl });
  const stack = await createCloud(() => clients).describeStack("cf-ecs-production-serviceshopWeb-default-untenanted");
  clients.destroy();
  return stack?.status;
}

const ctrlC = (wizard: Session) => wizard.press(key.ctrl("c"));
const closed = (wizard: Session) => wizard.close();

test.each<[string, string, (wizard: Session) => void]>([
  ["at the question", "Ctrl+C", ctrlC],
  ["at the question", "a closed terminal", closed],
  ["on the review", "Ctrl+C", ctrlC],
  ["on the review", "a closed terminal", closed],
  ["on the review", "SIGTERM", (wizard) => wizard.kill("SIGTERM")],
  ["on the review", "esc, and then leaving", (wizard) => wizard.press(key.escape, key.ctrl("c"))],
])("changes shown %s and left by %s: nothing is left of them in AWS", { timeout: 30_000 }, async (where, _how, end) => {
  const command = where === "at the question" ? "deploy" : "edit";
  using wizard = open([command, writeProfile(home.path), "--endpoint-url", account.endpoint], { home: home.path });
  if (command === "edit") {
    await wizard.see("Deployment target");
    await seesChanges(wizard);
  } else await wizard.see("Deploy? [y/N]");
  expect(await stackStatus()).toBe("REVIEW_IN_PROGRESS");
  end(wizard);
  await wizard.ended();
  await expect.poll(() => stackStatus(), { timeout: 5_000 }).toBeUndefined();
});

test("a preview that is interrupted while its change set is made says so at once, and leaves nothing", { timeout: 30_000 }, async () => {
  await using slow = await openAccount(home.path, "--sandbox-speed", "1");
  const previewing = start(["preview", writeProfile(home.path), "--endpoint-url", slow.endpoint, "--json"], { home: home.path });
  await expect.poll(() => stackStatus(slow.endpoint), { timeout: 10_000, interval: 20 }).toBe("REVIEW_IN_PROGRESS");
  previewing.kill("SIGINT");
  await previewing.says("Interrupted: the change set is thrown away");
  const { code, stdout } = await previewing.done;
  expect(code).toBe(130);
  expect(JSON.parse(stdout)).toMatchObject({ error: { exitCode: 130 } });
  await expect.poll(() => stackStatus(slow.endpoint), { timeout: 5_000 }).toBeUndefined();
});
