/** What the checks predict of a profile, held against what becomes of its deployment. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createClients } from "../../src/aws-discovery/clients.ts";
import { createAccount } from "../../src/aws-discovery/preflight/account.ts";
import { foundIssues } from "../../src/engine/preflight/report.ts";
import { runChecks } from "../../src/engine/preflight/run.ts";
import { subjectOf } from "../../src/engine/preflight/subject.ts";
import { openTrail, ready } from "../engine/permissions/trail.ts";
import { example } from "../support/example-profiles.ts";

const targetGroup = (name: string) => ({
  "loadBalancerMappings[0].targetGroupArn": `arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/${name}`,
});
const publicSubnets = { "network.subnets[0]": "subnet-0fe407c639424a097", "network.subnets[1]": "subnet-0e36d9577e0ae5fc4" };
const endpointsOnly = { "network.subnets[0]": "subnet-0db8137ef1b06f5b2", "network.subnets[1]": "subnet-08f6bf385fff27f6d" };
const isolated = { "network.subnets[0]": "subnet-01011ede6f5f40ef4", "network.subnets[1]": "subnet-0067adc3e646031a1" };
const group = (id: string) => ({ "network.securityGroups[0]": id });
const valueFrom = "containers[0].environment[2].valueFrom";

/** A circuit breaker ends what would go on for hours. */
const soon = { "deployment.circuitBreaker.enable": "true", "deployment.circuitBreaker.rollback": "true" };

test.each([
  ["everything", {}],
  ["everything", { "taskSize.cpuArchitecture": "ARM64" }],
  ["everything", publicSubnets],
  ["everything", { ...publicSubnets, "network.assignPublicIp": "true" }],
  ["everything", group("sg-0d23cbcbeec471b1b")],
  ["everything", targetGroup("legacy-instances-tg/802d4020d58c19b6")],
  ["everything", targetGroup("shop-next-tg/6ab628699766edd6")],
  ["everything", { "taskExecutionRole.roleArn": "arn:aws:iam::123456789012:role/ecsTaskExecutionRoleShop" }],
  ["everything", { [valueFrom]: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop/old-payment-key-MrViNK" }],
  ["everything", { [valueFrom]: "arn:aws:ssm:eu-west-1:123456789012:parameter/shop/production/log-level" }],
  ["everything", { "configuration.name": "legacy-reports" }],
  ["everything", { "volumes[2].fileSystemId": "fs-0b71b2599ab3f2716" }],
  ["everything", { "target.cluster": "analytics" }],
  ["web-service", { ...endpointsOnly, ...group("sg-04f857ceb2ce6293d") }],
  ["web-service", { ...isolated, ...group("sg-04bedb343ea4f8449") }],
  ["web-service", group("sg-0a27f89b59acfa506")],
  ["web-service", group("sg-04bedb343ea4f8449")],
  ["web-service", { "containers[0].image": "nginx:1.27" }],
] as const)("examples/%s with %j", async (name, set) => {
  await using trail = await openTrail();
  const profile = ready(readFileSync(example(name), "utf8"), { ...soon, ...set });
  const clients = createClients({ region: "eu-west-1", endpointUrl: trail.sandbox.endpoint });
  const { signal } = new AbortController();
  const { results } = await runChecks(subjectOf(profile.step), createAccount(clients, signal), signal);
  clients.destroy();
  const errors = foundIssues(results).filter(({ severity }) => severity === "error");
  const { status, message } = await trail.deployer.deploy(profile, { wait: { kind: "untilCompleted" } }).done;
  expect(status, `${message}\n${errors.map((one) => one.message).join("\n")}`).toBe(errors.length > 0 ? "failed" : "succeeded");
});
