import { afterAll, beforeAll, expect, test } from "vitest";
import { createClients } from "../../../src/aws-discovery/clients.ts";
import { explainFacts } from "../../../src/aws-discovery/cloud/explain-facts.ts";
import { explainText } from "../../../src/engine/diagnosis/index.ts";
import { subnetId } from "../../../src/sandbox/data/network.ts";
import { type Sandbox, startSandbox } from "../../../src/sandbox/index.ts";

const image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/web:1.4.2";
const subnets = [subnetId("main", "private-a", "0f3"), subnetId("main", "private-b", "09c")];
const open: Sandbox[] = [];

beforeAll(() => {
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: "AKIASANDBOX", AWS_SECRET_ACCESS_KEY: "sandbox" });
});
afterAll(async () => {
  for (const sandbox of open) await sandbox.close();
});

async function factsIn(scenario: string, wanted = { images: [image, "nginx:1"], subnets }, ms = 3_000) {
  const sandbox = await startSandbox({ scenario, speed: 100 });
  open.push(sandbox);
  const clients = createClients({ region: "eu-west-1", endpointUrl: sandbox.endpoint }, { maxAttempts: 2 });
  const facts = await explainFacts(clients, wanted, AbortSignal.timeout(ms));
  clients.destroy();
  return facts;
}

test("an image that is not there: the newest tags of its repository, newest first, without the missing one", async () => {
  const facts = await factsIn("image-not-found");
  const tags = facts.newestTags?.["shop/web"] ?? [];
  expect(tags.length).toBeGreaterThan(1);
  expect(tags).not.toContain("1.4.2");
  expect(Object.keys(facts.newestTags ?? {})).toEqual(["shop/web"]);
  expect(facts.account).toBe("123456789012");
  const said = explainText(
    `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${image}: ${image}: not found`,
    {
      facts,
    },
  );
  expect(said?.cause).toContain(`the newest tags are ${tags.slice(0, 5).join(", ")}`);
});

test("subnets without a way out are told with the others of their VPC", async () => {
  const facts = await factsIn("no-route");
  const named = (name: string) => facts.subnets?.find((subnet) => subnet.name?.endsWith(name));
  expect(named("private-a")).toMatchObject({ id: subnets[0], route: "none" });
  expect(facts.subnets?.some(({ route }) => route === "internet")).toBe(true);
  expect(facts.vpcId).toMatch(/^vpc-/);
  const said = explainText(
    'ResourceInitializationError: unable to pull secrets or registry auth: The task cannot pull registry auth from Amazon ECR: There is a connection issue between the task and Amazon ECR. Check your task network configuration. RequestError: send request failed caused by: Post "https://api.ecr.eu-west-1.amazonaws.com/": dial tcp 52.1.2.3:443: i/o timeout',
    { facts, profile: { network: { subnets } } },
  );
  expect(said?.cause).toMatch(/private-a and \S*private-b have no route to the internet and no VPC endpoint for ECR/);
});

test("without permissions, or without time, nothing is said and nothing thrown", async () => {
  // Who one is may always be asked.
  expect(await factsIn("denied")).toEqual({ account: "123456789012" });
  expect(await factsIn("large", { images: [image], subnets }, 1)).toEqual({});
});
