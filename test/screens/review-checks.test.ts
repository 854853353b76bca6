/** The checks on the review: live, given up, kept, made again, and told before the deployment. */
import { afterEach, expect, test } from "vitest";
import type { CheckReport, CheckResult } from "../../src/engine/preflight/check.ts";
import { ProblemError } from "../../src/engine/problem.ts";
import type { JsonObject } from "../../src/engine/schema.ts";
import type { DeploymentPort } from "../../src/screens/deployment-port.ts";
import { toldDeployment } from "../support/fake-deployment.ts";
import { account, fixedDiscovery, memoryPorts } from "../support/screen-ports.ts";
import { openApp, type RunningApp } from "../support/screens.ts";
import { key } from "../support/terminal.ts";

let app: RunningApp;
afterEach(() => app.end());

const profile = {
  name: "shop",
  target: { region: "eu-west-1", cluster: "production" },
  configuration: { name: "shop" },
  network: { subnets: ["subnet-0aaaaaaaa", "subnet-0bbbbbbbb"], securityGroups: ["sg-0aaaaaaaa"] },
  containers: [{ name: "web", image: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/web:1.4.2" }],
};
const result = (id: string, rest: Partial<CheckResult> = {}): CheckResult => ({
  id,
  claim: "all is well",
  issues: [],
  untold: [],
  moot: false,
  ...rest,
});
const noRoute = result("subnet-way-out", {
  issues: [
    {
      path: ["network", "subnets", 1],
      severity: "error",
      rule: "subnet-way-out",
      message: "private-b has no way out.",
      hint: "Give it one.",
    },
  ],
});
const few = result("subnet-addresses", {
  issues: [
    { path: ["network", "subnets"], severity: "warning", rule: "subnet-addresses", message: "Few addresses.", hint: "Choose more." },
  ],
});
const denied = (id: string, action: string) =>
  result(id, { untold: [{ path: [], reason: `permission ${action} missing`, hint: "", quiet: false, permission: action }] });

type Check = NonNullable<DeploymentPort["check"]>;

/** The review with checks that the test answers by hand. */
function reviewing(of: JsonObject = profile, deployments: Partial<DeploymentPort> = {}, ports: Parameters<typeof memoryPorts>[0] = {}) {
  const calls: {
    profile: JsonObject;
    signal: AbortSignal;
    tell: (result: CheckResult) => void;
    end: (report: CheckReport) => void;
    fail: (error: Error) => void;
  }[] = [];
  const check: Check = (checked, _choices, signal, onResult) =>
    new Promise((resolve, reject) => {
      calls.push({ profile: checked, signal, tell: (one) => onResult?.(one), end: resolve, fail: reject });
    });
  const base = memoryPorts(ports);
  app = openApp({
    ports: { ...base, deployments: { ...base.deployments, check, ...deployments } },
    start: { screen: "new", profile: of },
    rows: 40,
  });
  app.terminal.type(key.ctrl("r"));
  const asked = async (count: number) => {
    await expect.poll(() => calls.length).toBe(count);
    const last = calls[count - 1];
    if (!last) throw new Error("nothing was asked");
    return last;
  };
  return { terminal: app.terminal, calls, asked };
}

test("they come as they end: errors first, what was not checked in one line, the rest as a number", async () => {
  const { terminal, asked } = reviewing();
  const call = await asked(1);
  await terminal.until(/Checks +asking AWS/);
  call.tell(result("cluster-active"));
  await terminal.until("1 check passed so far");
  for (const one of [few, noRoute, denied("roles-exist", "iam:GetRole"), denied("image-exists", "ecr:DescribeImages")]) call.tell(one);
  await terminal.until("private-b has no way out.");
  call.end({
    results: [result("cluster-active"), few, noRoute, denied("roles-exist", "iam:GetRole"), denied("image-exists", "ecr:DescribeImages")],
  });
  const screen = await terminal.until(/1 check passed$/m);
  expect(screen).toMatch(
    /Checks +p jumps to them, r checks again\n[\s\S]*✗ network\.subnets\[1\]\n.*private-b has no way out\.\n.*Give it one\.\n[\s\S]*! network\.subnets\n.*Few addresses\./,
  );
  expect(screen).toMatch(/not checked: permissions iam:GetRole and ecr:DescribeImages missing[\s│]+\(roles-exist, image-exists\)/);
  expect(screen).toContain("ready to deploy, but");
});

test("p goes to what they found, as to every problem", async () => {
  const { terminal, asked } = reviewing();
  (await asked(1)).end({ results: [noRoute, few] });
  await terminal.until("private-b has no way out.");
  terminal.type("p");
  await terminal.until(/▸ Subnets \*[\s\S]*Problem 1 of 2: private-b has no way out\./);
  terminal.type(key.ctrl("t"));
  await terminal.until("Problem 2 of 2: Few addresses.");
});

test("what they found stands at its place in the form, too, until the section is changed", async () => {
  const { terminal, asked } = reviewing();
  (await asked(1)).end({ results: [noRoute] });
  await terminal.until("private-b has no way out.");
  terminal.type("p");
  const screen = await terminal.until(/▸ Subnets[\s\S]*! private-b has no way out\. Give it one\./);
  expect(screen).toMatch(/▸ ! Network +1!/);
  terminal.type(`${key.down}${key.down}${key.space}`);
  await terminal.until((shown) => /public IP +◉ on/.test(shown) && !shown.includes("1!"));
  terminal.type(key.ctrl("t"));
  await terminal.until("There are no problems.");
});

test("they are kept while the answers are, made anew when these change, and again with r", async () => {
  const { terminal, calls, asked } = reviewing();
  (await asked(1)).end({ results: [noRoute] });
  await terminal.until("private-b has no way out.");
  terminal.type(key.esc);
  await terminal.until("Volumes");
  terminal.type(key.ctrl("r"));
  await terminal.until("private-b has no way out.");
  expect(calls).toHaveLength(1);
  terminal.type("r");
  (await asked(2)).end({ results: [result("cluster-active")] });
  await terminal.until((screen) => screen.includes("1 check passed") && !screen.includes("no way out"));
  terminal.type("p");
  await terminal.until("There are no problems.");
});

test("leaving the review gives them up; coming back begins them again", async () => {
  const { terminal, asked } = reviewing();
  const first = await asked(1);
  terminal.type(key.esc);
  await expect.poll(() => first.signal.aborted).toBe(true);
  terminal.type(key.ctrl("r"));
  const second = await asked(2);
  first.tell(noRoute);
  second.end({ results: [few] });
  const screen = await terminal.until("Few addresses.");
  expect(screen).not.toContain("no way out");
});

test("what keeps all of them from being made is one problem", async () => {
  const { terminal, asked } = reviewing();
  (await asked(1)).fail(new ProblemError({ kind: "unreachable", message: "AWS could not be reached.", hint: "Check the connection." }));
  expect(await terminal.until("AWS could not be reached.")).toMatch(/✗ AWS could not be reached\.\n.*Check the connection\./);
  terminal.type("r");
  (await asked(2)).end({
    results: [result("cluster-active")],
    problem: { kind: "credentials", message: "The token has expired.", hint: "Sign in." },
  });
  const screen = await terminal.until("The token has expired.");
  expect(screen).not.toContain("passed");
});

test("what a list lacks is not said twice", async () => {
  const { terminal, asked } = reviewing({ ...profile, network: { ...profile.network, subnets: ["subnet-0aaaaaaaa", "subnet-0dddddddd"] } });
  const call = await asked(1);
  await terminal.until("Subnets: subnet-0dddddddd not found");
  const missing = {
    path: ["network", "subnets", 1],
    severity: "error",
    rule: "subnets-exist",
    message: "There is no subnet subnet-0dddddddd.",
    hint: "Choose.",
  } as const;
  call.end({ results: [result("subnets-exist", { issues: [missing] })] });
  await terminal.until((screen) => screen.includes("There is no subnet subnet-0dddddddd.") && !screen.includes("not found in"));
});

test("a predicted failure does not keep anybody from deploying: the question says it", async () => {
  const started: unknown[] = [];
  const { terminal, asked, calls } = reviewing(profile, {
    propose: async () => ({ kind: "create", stackName: "cf-ecs-shop", changes: [], findings: [], warnings: [] }),
    discard: async () => {},
    start: async (_, choices) => {
      started.push(choices);
      return toldDeployment("shop", profile);
    },
  });
  (await asked(1)).end({ results: [noRoute, few] });
  await terminal.until("private-b has no way out.");
  terminal.type("d");
  const screen = await terminal.until("1 check predicts a failure:");
  expect(screen).toMatch(/What this deployment changes[\s\S]*network\.subnets\[1\] +private-b has no way out\./);
  expect(screen).not.toContain("Few addresses");
  expect(calls, "the review knew already").toHaveLength(1);
  terminal.type("d");
  await expect.poll(() => started).toHaveLength(1);
});

test("the image chosen for a deployment is checked before the question, without holding it up", async () => {
  const open = { ...profile, containers: [{ name: "web", image: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/web" }] };
  const { terminal, asked } = reviewing(open, {
    propose: async () => ({ kind: "unchanged", stackName: "cf-ecs-shop", changes: [], findings: [], warnings: [] }),
    discard: async () => {},
  });
  (await asked(1)).end({ results: [result("image-exists")] });
  await terminal.until("1 check passed");
  terminal.type("d");
  await terminal.until("Version of");
  terminal.type(`9.9.9${key.enter}`);
  await terminal.until("Nothing would change");
  const missing = {
    path: ["containers", 0, "image"],
    severity: "error",
    rule: "image-exists",
    message: "There is no tag 9.9.9.",
    hint: "",
  } as const;
  (await asked(2)).end({ results: [result("image-exists", { issues: [missing] })] });
  await terminal.until(/1 check predicts a failure:\n.*containers\[0\]\.image +There is no tag 9\.9\.9\.[\s\S]*Nothing would change/);
  terminal.type(key.esc);
  await terminal.until("1 check passed");
});

test("without credentials they wait", async () => {
  const discovery = {
    ...fixedDiscovery(account),
    identity: () => Promise.reject(new ProblemError({ kind: "credentials", message: "expired", hint: "" })),
  };
  const { terminal, calls } = reviewing(profile, {}, { discovery });
  await terminal.until("Checks   wait until AWS knows who you are");
  expect(calls).toEqual([]);
});
