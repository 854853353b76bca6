import { afterEach, expect, test } from "vitest";
import type { DeployEvent } from "../../src/engine/deployment/events.ts";
import type { Ports } from "../../src/screens/ports.ts";
import { beginning, stackEvent, type ToldDeployment, toldDeployment } from "../support/fake-deployment.ts";
import { memoryPorts } from "../support/screen-ports.ts";
import { openApp, type RunningApp } from "../support/screens.ts";
import { key } from "../support/terminal.ts";

let app: RunningApp;
afterEach(() => app.end());

const profile = {
  name: "shop",
  target: { region: "eu-west-1", cluster: "production" },
  configuration: { name: "shop" },
  containers: [{ name: "web", image: "web:1" }],
};

/** What was written to files, by path. */
const written = new Map<string, string>();

function watching(columns = 110, rows = 30, more: Partial<Ports> = {}): ToldDeployment {
  const told = toldDeployment("shop", profile);
  for (const event of beginning) told.tell(event);
  const base = memoryPorts();
  const explain = () => [
    {
      title: "The image has no tag 9.9",
      explanation: "The repository holds no image of that tag.",
      steps: ["Choose a tag that is there."],
      said: ["Error: nobody is at home"],
      evidence: ["CannotPullContainerError: not found", "| starting", "| Error: nobody is at home"],
      path: ["containers", 0, "image"],
    },
    { title: "The service was rolled back", explanation: "It follows from the above.", steps: [], evidence: [], consequence: true },
  ];
  const consoleUrl = () => "https://eu-west-1.console.aws.amazon.com/stack";
  const recover = async (_: unknown, skip: readonly string[]) => {
    told.asked.push(`recover, skipping ${skip.join()}`);
    return toldDeployment("shop", profile);
  };
  const report = (_: unknown, format: string) => `the report as ${format} ${"which goes on and on ".repeat(8)}to its end`;
  const writeFile = async (path: string, text: string) => {
    written.set(path, text);
    return path;
  };
  const deployments = { ...base.deployments, attach: async () => told, explain, consoleUrl, recover, report };
  const ports = { ...base, writeFile, deployments, ...more };
  app = openApp({ ports, columns, rows, start: { screen: "watch", id: "d-1" } });
  return told;
}

const failed = {
  type: "outcome",
  status: "failed",
  message: "The update failed and was rolled back.",
  stackName: "cf-ecs-shop",
  reason: "stack",
} as const;

test("resources move on as the facts come in, and the end is said with its outputs on both screens", async () => {
  const told = watching();
  const { terminal } = app;
  await terminal.until(/eu-west-1 · production · PRODUCTION *\n Deploying shop .* update/);
  told.tell(stackEvent("TaskDefinitionshop", "UPDATE_COMPLETE"));
  told.tell(stackEvent("Serviceshop", "UPDATE_IN_PROGRESS"));
  await terminal.until(
    (screen) => /✓ TaskDefinitionshop .*UPDATE_COMPLETE/.test(screen) && /Serviceshop .*UPDATE_IN_PROGRESS .*usually 1:11/.test(screen),
  );
  told.tell({
    type: "outcome",
    status: "succeeded",
    message: "shop is deployed.",
    stackName: "cf-ecs-shop",
    outputs: { ServiceName: "svc-1" },
  });
  await terminal.until((screen) => screen.includes("Deployed shop") && /ServiceName +svc-1/.test(screen));
  expect(terminal.written()).toContain("\u0007");
  terminal.type("q");
  expect(await app.finished).toEqual({ exitCode: 0, outcome: ["shop is deployed.", "  ServiceName = svc-1"] });
});

test("stop watching and cancel are different keys; cancelling asks first", async () => {
  const told = watching();
  const { terminal } = app;
  await terminal.until("Deploying shop");
  terminal.type("c");
  await terminal.until("Cancel the update?");
  expect(told.asked).toEqual([]);
  terminal.type("n");
  await terminal.until("Deploying shop");
  terminal.type("cy");
  await terminal.until("Asked AWS to cancel");
  expect(told.asked).toEqual(["cancel"]);
  terminal.type("s");
  await terminal.until("shop goes on deploying");
  expect(told.asked).toEqual(["cancel", "stopWatching"]);
});

test("twice Ctrl+C leaves at once with 130, also when it was asked something else before, and says what goes on", async () => {
  const told = watching();
  const { terminal } = app;
  await terminal.until("Deploying shop");
  terminal.type("c");
  await terminal.until("Cancel the update?");
  terminal.type(key.ctrl("c"));
  await terminal.until("The deployment is under way");
  terminal.type(key.ctrl("c"));
  expect(await app.finished).toEqual({
    exitCode: 130,
    outcome: ["shop goes on deploying. Watch it with: ecs-wizard watch shop"],
  });
  expect(told.asked).toEqual(["stopWatching"]);
});

test("Ctrl+C and cancelling a creation by change set: it is deleted or kept, as chosen", async () => {
  const told = watching();
  const { terminal } = app;
  told.tell({ type: "stack", status: "REVIEW_IN_PROGRESS" });
  told.tell({ type: "operation", operation: "execute", token: "t-execute" });
  await terminal.until(/Deploying shop · create/);
  terminal.type(`${key.ctrl("c")}c`);
  await terminal.until("Cancel the creation?");
  terminal.type("k");
  await expect.poll(() => told.asked).toEqual(["cancel and keep"]);
  told.tell({ type: "cancelling", how: "keep" });
  terminal.type("c");
  await terminal.until("It is being cancelled already.");
});

test("before anything has begun, leaving and cancelling say so", async () => {
  const told = toldDeployment("shop", profile);
  told.tell(beginning[0] as DeployEvent);
  told.tell({ type: "busy", status: "UPDATE_IN_PROGRESS" });
  const base = memoryPorts();
  app = openApp({
    ports: { ...base, deployments: { ...base.deployments, attach: async () => told } },
    columns: 100,
    rows: 30,
    start: { screen: "watch", id: "d-1" },
  });
  const { terminal } = app;
  await terminal.until("Another operation is running (UPDATE_IN_PROGRESS)");
  terminal.type("c");
  await terminal.until("Cancel before anything begins?");
  terminal.type(`n${key.ctrl("c")}`);
  await terminal.until("Nothing was changed in AWS");
  terminal.type("s");
  expect((await app.finished).outcome).toEqual(["Nothing was changed in the stack cf-ecs-shop."]);
});

test("hundreds of resources fold around what is being worked on, unfold and scroll, also on the smallest screen", async () => {
  const told = watching(60, 16);
  const { terminal } = app;
  const ids = Array.from({ length: 200 }, (_, at) => `Log${String(at).padStart(3, "0")}`);
  told.tell({ type: "resources", resources: ids.map((logicalId) => ({ logicalId, type: "AWS::Logs::LogGroup" })) });
  for (const id of ids.slice(0, 120)) told.tell(stackEvent(id, "CREATE_COMPLETE"));
  told.tell(stackEvent("Log120", "CREATE_IN_PROGRESS"));
  await terminal.until((screen) => /Log120 +CREATE_IN_PROGRESS/.test(screen) && screen.includes("79 are still to come"));
  expect(terminal.text()).toMatch(/✓ \d+ more are done/);
  terminal.type("a");
  await terminal.until(/Log000 +CREATE_COMPLETE/);
  terminal.type("\u001b[6~".repeat(25));
  await terminal.until(/Log199 +waiting/);
  terminal.type(key.up);
  await terminal.until((screen) => !/Log199/.test(screen));
  terminal.resize(100, 30);
  await terminal.until(/Log180 .*waiting/);
  terminal.type("a");
  await terminal.until(/Log120 .*CREATE_IN_PROGRESS/);
});

test("events wrap and scroll backwards through thousands; esc goes back to the progress", async () => {
  const told = watching(60, 16);
  const { terminal } = app;
  for (let at = 0; at < 400; at++)
    told.tell(stackEvent(`Thing${at}`, "UPDATE_FAILED", 1_001_000 + at, `reason ${at} that is long enough to need a second line here`));
  terminal.type("e");
  await terminal.until(/reason 399 that is[\s\S]*second line here/);
  terminal.type("\u001b[5~".repeat(200));
  await terminal.until("reason 0 that is");
  terminal.type("\u001b[6~");
  await terminal.until((screen) => !screen.includes("reason 0 that is"));
  terminal.type(key.esc);
  await terminal.until("stop watching");
  expect(told.asked).toEqual([]);
});

test("tasks show what their containers do, the rollout its state, the targets why they are unhealthy, the service its last words", async () => {
  const told = watching(100, 30);
  const { terminal } = app;
  const rollout = { id: "ecs-svc/2", status: "PRIMARY", taskDefinition: "arn:td/shop:42", desired: 2, pending: 1, running: 1, failed: 1 };
  const service = {
    arn: "arn:s",
    name: "shop",
    clusterArn: "arn:c",
    status: "ACTIVE",
    desired: 2,
    running: 1,
    pending: 1,
    loadBalancers: [],
    deployments: [
      { ...rollout, rollout: "IN_PROGRESS" },
      { ...rollout, id: "ecs-svc/1", status: "ACTIVE", taskDefinition: "arn:td/shop:41", running: 2, pending: 0, failed: 0 },
    ],
  };
  told.tell({ type: "service", service, own: ["ecs-svc/2"] });
  const task = {
    arn: "arn:t",
    id: "9b2f11",
    taskDefinition: "arn:td/shop:42",
    lastStatus: "RUNNING",
    desiredStatus: "RUNNING",
    health: "UNHEALTHY",
    containers: [
      { name: "web", status: "RUNNING", health: "UNHEALTHY" },
      { name: "proxy", status: "PENDING" },
    ],
  };
  told.tell({ type: "task", task, attribution: "own" });
  const target = { id: "10.0.1.7", state: "unhealthy", description: "Health checks failed with these codes: [503]" };
  told.tell({ type: "targets", targetGroupArn: "arn:elb:targetgroup/shop-tg/1", targets: [target] });
  const message = { id: "m", at: "2026-11-28T10:00:00.000Z", message: "(service shop) has started 1 tasks: (task 9b2f11)." };
  told.tell({ type: "serviceEvent", event: message, attribution: "own" });
  await terminal.until("10:00:00  has started 1 tasks: (task 9b2f11).");
  expect(terminal.text()).toContain("new :42  1/2 running · 1 pending · 1 failed · in progress      old :41  2 running");
  expect(terminal.text()).toContain("task 9b2f…  RUNNING unhealthy · web running unhealthy · proxy pending");
  expect(terminal.text()).toContain("shop-tg  1 unhealthy – Health checks failed with these codes: [503]");
});

test("what the checks predicted stands there until the deployment has succeeded all the same", async () => {
  const told = watching();
  const prediction = { type: "prediction", rule: "image-exists", hint: "" } as const;
  told.tell({ ...prediction, path: "containers[0].image", severity: "error", message: "There is no tag 9.9.9." });
  told.tell({ ...prediction, path: "", severity: "warning", message: "Few addresses." });
  await app.terminal.until("✗ Predicted by the checks: containers[0].image: There is no tag 9.9.9.");
  expect(app.terminal.text()).toContain("! Predicted by the checks: Few addresses.");
  told.tell({ type: "outcome", status: "succeeded", message: "shop is deployed.", stackName: "cf-ecs-shop" });
  await app.terminal.until((screen) => screen.includes("shop is deployed.") && !screen.includes("Predicted"));
});

test("Ctrl+C asks which is meant, and says how to come back", async () => {
  const told = watching();
  await app.terminal.until("Deploying shop");
  app.terminal.type(key.ctrl("c"));
  await app.terminal.until("ecs-wizard watch shop");
  app.terminal.type("s");
  expect((await app.finished).outcome).toEqual(["shop goes on deploying. Watch it with: ecs-wizard watch shop"]);
  expect(told.asked).toEqual(["stopWatching"]);
});

test("a failure turns the pane into its explanation, with a key to the field at fault", async () => {
  const told = watching();
  const { terminal } = app;
  await terminal.until("Deploying shop");
  told.tell(stackEvent("Serviceshop", "UPDATE_FAILED", 1_002_000, "Resource handler returned message"));
  told.tell(failed);
  await terminal.until(
    (screen) =>
      screen.includes("Failed: shop") && screen.includes("The image has no tag 9.9") && screen.includes("1  Choose a tag that is there."),
  );
  expect(terminal.text()).not.toContain("It follows from the above");
  expect(terminal.text()).not.toContain("CannotPullContainerError");
  terminal.type(key.enter);
  await terminal.until("CannotPullContainerError: not found");
  terminal.type("f");
  await terminal.until((screen) => /Containers › web/.test(screen) && /▸ Image \* +web:1/.test(screen));
});

test("60×16: the cause, what the container said and the way to the field are seen at once", async () => {
  const told = watching(60, 16);
  await app.terminal.until("Deploying shop");
  told.tell({ ...failed, message: `It ended: ${"a long message of AWS ".repeat(12)}`, stackStatus: "UPDATE_ROLLBACK_COMPLETE" });
  await app.terminal.until(
    (screen) =>
      / The stack is UPDATE_ROLLBACK_COMPLETE\.\n\n ▸ ✗ The image has no tag 9\.9/.test(screen) &&
      screen.includes("| Error: nobody is at home") &&
      screen.includes("f go to the field"),
  );
  expect(app.terminal.text()).not.toContain("The service was rolled back");
  app.terminal.type(`${key.enter}${key.down}`);
  await app.terminal.until((screen) => /What followed, and what else was said\n ▸ +The service was rolled back/.test(screen));
  app.terminal.type(key.up);
  await app.terminal.until(/▸ ✗ The image has no tag 9\.9/);
});

test("what could not be seen stands behind the cause and before what followed; the keys still find what is below it", async () => {
  const told = watching(90, 30);
  await app.terminal.until("Deploying shop");
  told.tell({ type: "warning", message: "Could not see the log of web: not allowed.", hint: "Ask for logs:GetLogEvents.", unseen: true });
  told.tell({ type: "warning", message: "The service is replaced." });
  told.tell({ ...failed, message: "It ended.", stackStatus: "UPDATE_ROLLBACK_COMPLETE" });
  await app.terminal.until((screen) =>
    /The image has no tag 9\.9[\s\S]*What could not be seen\n +Could not see the log of web: not allowed\. Ask for logs:GetLogEvents\.[\s\S]*What followed/.test(
      screen,
    ),
  );
  expect(app.terminal.text()).not.toContain("The service is replaced.");
  app.terminal.type(key.down);
  await app.terminal.until(/▸ +The service was rolled back/);
});

test("what is out of sight of a failure is counted, with the keys that bring it", async () => {
  const told = watching(60, 16);
  await app.terminal.until("Deploying shop");
  told.tell({ ...failed, message: "It ended.", stackStatus: "UPDATE_ROLLBACK_COMPLETE" });
  await app.terminal.until(/ \d+ lines below \(PgDn\)$/m);
  app.terminal.type("\u001b[6~".repeat(5));
  await app.terminal.until((screen) => / \d+ lines above \(PgUp\)$/m.test(screen) && screen.includes("The service was rolled back"));
});

test("the report is read in full, and written as Markdown or, to a file of that name, as JSON", async () => {
  const told = watching(90, 30);
  await app.terminal.until("Deploying shop");
  told.tell(failed);
  await app.terminal.until("The image has no tag 9.9");
  app.terminal.type("w");
  await app.terminal.until((screen) => screen.includes("the report as markdown") && screen.includes("to its end"));
  app.terminal.type("w");
  await app.terminal.until("ends in .json");
  app.terminal.type(key.enter);
  await app.terminal.until("Written to shop-report.md");
  expect(written.get("shop-report.md")).toMatch(/^the report as markdown/);
  app.terminal.type("w");
  await app.terminal.until("Write to a file");
  app.terminal.type(`\u0015why.json${key.enter}`);
  await app.terminal.until("Written to why.json");
  expect(written.get("why.json")).toMatch(/^the report as json/);
});

test("a failure leaves with exit code 1 and its causes on the normal screen", async () => {
  const told = watching();
  await app.terminal.until("Deploying shop");
  told.tell(failed);
  await app.terminal.until("The image has no tag 9.9");
  app.terminal.type("q");
  const { exitCode, outcome } = await app.finished;
  expect(exitCode).toBe(1);
  expect(outcome).toEqual(["The update failed and was rolled back.", "  The image has no tag 9.9", "Explained: ecs-wizard errors shop"]);
});

test("whoever edits after a failure and leaves is told of the failure, and that what was typed is kept", async () => {
  const told = watching();
  const { terminal } = app;
  await terminal.until("Deploying shop");
  told.tell(failed);
  await terminal.until("The image has no tag 9.9");
  terminal.type("f");
  await terminal.until(/▸ Image \* +web:1/);
  terminal.type(`${key.up}2`);
  await terminal.until(/▸ Name \* +web2/);
  const { exitCode, outcome } = await app.close();
  expect(exitCode).toBe(1);
  expect(outcome.at(-1)).toBe("The draft of shop is kept; ecs-wizard offers it at the next start.");
});

test("deleting a failed stack needs its name typed", async () => {
  const told = watching();
  const { terminal } = app;
  told.tell({
    type: "question",
    question: {
      kind: "replaceStack",
      stackName: "cf-ecs-shop",
      status: "UPDATE_ROLLBACK_FAILED",
      resources: [{ logicalId: "Serviceshop", type: "AWS::ECS::Service", status: "x" }],
      runningTasks: 2,
      canContinue: true,
    },
  });
  await terminal.until("Press Enter to decide");
  terminal.type(key.enter);
  await terminal.until("Deleting it takes away Serviceshop.");
  expect(terminal.text()).toContain("2 of its tasks are running now.");
  terminal.type("d");
  await terminal.until("Delete the stack cf-ecs-shop?");
  terminal.type(`wrong${key.enter}`);
  await terminal.until("This is not the stack's name");
  expect(told.asked).toEqual([]);
  terminal.type(`${key.ctrl("u")}cf-ecs-shop${key.enter}`);
  await terminal.until("Deploying shop");
  await expect.poll(() => told.asked).toEqual(["answer delete"]);
});

test("stopped tasks show exit code, reason and last words; logs and events have panes of their own", async () => {
  const told = watching(80, 24);
  const { terminal } = app;
  const task = {
    arn: "arn:aws:ecs:eu-west-1:1:task/c/7c1e99",
    id: "7c1e99",
    taskDefinition: "arn:td:42",
    lastStatus: "STOPPED",
    desiredStatus: "STOPPED",
    stoppedReason: "Essential container in task exited",
    containers: [{ name: "web", status: "STOPPED", exitCode: 1 }],
  };
  told.tell({ type: "task", task, attribution: "own" });
  told.tell({
    type: "logs",
    task: "7c1e99",
    container: "web",
    group: "/ecs/shop",
    lines: [{ text: "Error: connect ECONNREFUSED 10.0.3.7:5432" }],
  });
  await terminal.until(
    (screen) => /task 7c1e… STOPPED {2}web exit 1 – Essential container/.test(screen) && screen.includes("| Error: connect ECONNREFUSED"),
  );
  const scaled = { ...task, arn: `${task.arn}0`, id: "8d2f00", stoppedReason: "Scaling activity", containers: [] };
  told.tell({ type: "task", task: scaled, attribution: "own" });
  await terminal.until(/task 8d2f… STOPPED {2}Scaling activity/);
  const talkative = { ...scaled, stoppedReason: `CannotPullContainerError: ${"failed to resolve the reference ".repeat(12)}` };
  told.tell({ type: "task", task: talkative, attribution: "own" });
  await terminal.until(/task 8d2f… STOPPED {2}CannotPull.*\n.*failed.*\n.*…\n/);
  terminal.type("l");
  await terminal.until(/web 7c1e99 {2}\/ecs\/shop/);
  terminal.type("e");
  await terminal.until("No events yet.");
  terminal.type("e");
  await terminal.until("waiting");
});

test("the stack's page in the console is shown as a link and copied", async () => {
  watching();
  const { terminal } = app;
  await terminal.until("Deploying shop");
  terminal.type("o");
  await terminal.until("https://eu-west-1.console.aws.amazon.com/stack");
  expect(terminal.written()).toContain("\u001b]8;;https://eu-west-1.console.aws.amazon.com/stack\u0007");
  expect(terminal.written()).toContain(`\u001b]52;c;${btoa("https://eu-west-1.console.aws.amazon.com/stack")}`);
});

test("a rollback that failed is continued, without what cannot go back, and the new operation is shown", async () => {
  const told = watching();
  const { terminal } = app;
  await terminal.until("Deploying shop");
  told.tell(stackEvent("Serviceshop", "UPDATE_FAILED"));
  told.tell({ ...failed, stackStatus: "UPDATE_ROLLBACK_FAILED" });
  await terminal.until(/c continue/);
  terminal.type("c");
  await terminal.until("Continue the rollback?");
  terminal.type("k");
  await expect.poll(() => told.asked).toEqual(["recover, skipping Serviceshop"]);
  await terminal.until((screen) => !screen.includes("Failed: shop"));
});

test("after two failures alike the pane says so and how to stop; while AWS is silent it says since when", async () => {
  const told = watching();
  const { terminal } = app;
  told.tell({ type: "repeatedFailure", cause: "web exit 1", count: 2, tasks: ["t1", "t2"] });
  await terminal.until("2 tasks failed alike: web exit 1. This will hardly succeed by itself; c cancels it.");
  told.tell({ type: "connection", state: "lost", since: new Date(960_000).toISOString() });
  await terminal.until("AWS does not answer; last update 40 s ago; the deployment goes on");
});

test("while AWS does not accept the credentials, the pane signs in in the terminal and looks again at once", async () => {
  const commands: string[] = [];
  const told = watching(110, 30, { runCommand: async (command: string) => void commands.push(command), canRun: () => true });
  const { terminal } = app;
  await terminal.until((screen) => screen.includes("Deploying shop") && !screen.includes("^l"));
  const problem = {
    kind: "credentials",
    message: "The token has expired.",
    hint: "Sign in.",
    command: "aws sso login --profile ops",
  } as const;
  told.tell({ type: "credentials", state: "lost", since: new Date(960_000).toISOString(), problem });
  await terminal.until(
    (screen) => screen.includes("AWS does not accept our credentials any more") && /\^l (run aws sso login|sign in)/.test(screen),
  );
  terminal.type(key.ctrl("l"));
  await expect.poll(() => [commands, told.asked]).toEqual([["aws sso login --profile ops"], ["askAgain"]]);
  told.tell({ type: "credentials", state: "ok", since: new Date(960_000).toISOString() });
  await terminal.until((screen) => !screen.includes("AWS does not accept") && !screen.includes("^l"));
});
