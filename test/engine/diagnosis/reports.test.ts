import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { diagnose } from "../../../src/engine/diagnosis/diagnose.ts";
import { maskAll, maskText } from "../../../src/engine/diagnosis/mask-text.ts";
import { reportText } from "../../../src/engine/diagnosis/report-text.ts";
import { reportJson, reportMarkdown } from "../../../src/engine/diagnosis/reports.ts";

const arn = "arn:aws:ecs:eu-west-1:123456789012:task/production/7c1e";
const diagnosis = diagnose(
  {
    operation: { clientRequestTokens: ["now"], deploymentIds: ["ecs-svc/2"] },
    stackEvents: [
      {
        eventId: "e1",
        stackId: "s",
        stackName: "web",
        logicalId: "ServiceWeb",
        type: "AWS::ECS::Service",
        status: "CREATE_FAILED",
        reason: "Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'.",
        clientRequestToken: "now",
        at: 2000,
      },
      {
        eventId: "e2",
        stackId: "s",
        stackName: "web",
        logicalId: "LogGroup",
        type: "AWS::Logs::LogGroup",
        status: "CREATE_FAILED",
        reason: "Resource creation cancelled",
        clientRequestToken: "now",
        at: 3000,
      },
      {
        eventId: "e0",
        stackId: "s",
        stackName: "web",
        logicalId: "Role",
        type: "AWS::IAM::Role",
        status: "CREATE_FAILED",
        reason: "Role is not valid",
        clientRequestToken: "before",
        at: 1000,
      },
    ],
    stoppedTasks: [
      {
        arn,
        startedBy: "ecs-svc/2",
        stopCode: "EssentialContainerExited",
        stoppedReason: "Essential container in task exited",
        containers: [{ name: "web", exitCode: 1 }],
        at: 1500,
      },
      {
        arn: `${arn}2`,
        startedBy: "ecs-svc/2",
        stopCode: "EssentialContainerExited",
        stoppedReason: "Essential container in task exited",
        containers: [{ name: "web", exitCode: 1 }],
        at: 1600,
      },
    ],
    logs: [
      {
        taskArn: arn,
        container: "web",
        lines: ["starting", "DB_PASSWORD=hunter2 is wrong", "\u001b[31mred``` fence\u001b[0m", "key of mine: correct-horse"],
      },
    ],
  },
  { profileName: "shop-web" },
);
const options = { profile: "shop-web", deployment: "d-1", region: "eu-west-1", secrets: new Set(["correct-horse"]) };

describe("reports", () => {
  it("in Markdown have everything: causes with steps, verbatim messages, logs, consequences, earlier attempts", () => {
    const report = reportMarkdown(diagnosis, options);
    const at = (text: string) => {
      expect(report).toContain(text);
      return report.indexOf(text);
    };
    expect(report.startsWith("# What went wrong: shop-web\n")).toBe(true);
    expect(at("### Exit code 1: the application ended itself with an error")).toBeLessThan(at("### ECS gave up"));
    expect(at("### ECS gave up")).toBeLessThan(at("## What only follows from them"));
    expect(at("Resource creation cancelled")).toBeLessThan(at("## From earlier attempts"));
    at("2 ×");
    at("1970-01-01 00:00:01 UTC");
    at("Fields: `containers[].environment`");
    at("````\nstarting");
  });

  it("in JSON are one document with the same findings", () => {
    const document = JSON.parse(reportJson(diagnosis, options)) as {
      root: { id: string };
      findings: { id: string }[];
      profile: string;
      secrets?: unknown;
    };
    expect(document.root.id).toBe("exit-1-app-error");
    expect(document.findings.map(({ id }) => id)).toEqual(["exit-1-app-error", "circuit-breaker", "resource-creation-cancelled"]);
    expect(document.secrets).toBeUndefined();
  });

  it("for a pipeline are few plain lines, the cause first", () => {
    const lines = reportText(diagnosis, options).trimEnd().split("\n");
    expect(lines.length).toBeLessThan(25);
    expect(lines[0]).toBe("CAUSE: Exit code 1: the application ended itself with an error [exit-1-app-error]");
    expect(lines).toContain("SYMPTOM: ECS gave up: new tasks kept failing (deployment circuit breaker) [circuit-breaker]");
    expect(lines.slice(-2)).toEqual([
      "of an earlier attempt (1970-01-01 00:00:01 UTC): The role in the task definition is not valid: Role is not valid",
      "Every message and log line: ecs-wizard errors d-1 --all",
    ]);
    expect(reportText(diagnose({}))).toBe("No failure of this deployment was found.\n");
  });

  it("for a pipeline show the log where it names the error, also when much follows it; in Markdown all lines of all tasks", () => {
    const log = (name: string) => [
      `starting ${name}`,
      "Error: connect ECONNREFUSED 10.0.3.7:5432",
      ...Array.from({ length: 30 }, (_, at) => `    at frame ${at}`),
      `end of ${name}`,
    ];
    const task = (id: string) => ({
      arn: `${arn}${id}`,
      startedBy: "ecs-svc/2",
      stopCode: "EssentialContainerExited",
      containers: [
        { name: "web", exitCode: 1 },
        { name: "worker", exitCode: 3 },
      ],
    });
    const tail = (id: string, container: string, lines: string[]) => ({ taskArn: `${arn}${id}`, container, lines });
    const crashed = diagnose({
      operation: { deploymentIds: ["ecs-svc/2"] },
      stoppedTasks: [task("a"), task("b"), task("c")],
      logs: [
        tail("a", "web", log("one")),
        tail("b", "web", log("one")),
        tail("c", "web", log("two")),
        tail("a", "worker", ["worker gave up"]),
      ],
    });
    const lines = reportText(crashed).split("\n");
    expect(lines).toContain("  | Error: connect ECONNREFUSED 10.0.3.7:5432");
    expect(lines.filter((line) => line.startsWith("  | "))).toHaveLength(15);
    const report = reportMarkdown(crashed);
    for (const text of ["end of one", "end of two", "worker gave up", "(task 7c1ea, 7c1eb)", "(task 7c1ec)"])
      expect(report.split(text), text).toHaveLength(2);
    expect(JSON.parse(reportJson(crashed)).logs).toHaveLength(4);
  });

  it("say how it ended where no failure was found", () => {
    const text = reportText(diagnose({}), { outcome: "The stack shop is UPDATE_ROLLBACK_FAILED.\u001b[2J" });
    expect(text).toBe("No failure of this deployment was found.\nIt ended: The stack shop is UPDATE_ROLLBACK_FAILED.\n");
  });

  it("say what could not be seen, also where no failure was found", () => {
    const unseen = ["Could not see the service's tasks: The permission ecs:DescribeTasks is missing."];
    const text = reportText(diagnose({ apiErrors: [{ action: "a:B", message: "odd" }], unseen })).split("\n");
    expect(text.indexOf(`! ${unseen[0]}`)).toBeGreaterThan(0);
    expect(reportText(diagnose({ unseen }))).toContain(`! ${unseen[0]}`);
    expect(reportMarkdown(diagnose({ unseen }))).toContain(`## What could not be seen\n\n- ${unseen[0]}`);
    expect(JSON.parse(reportJson(diagnose({ unseen }))).unseen).toEqual(unseen);
  });

  it("tell a cause that nobody can attribute once, and say so", () => {
    const task = { arn, attribution: "unknown" as const, stopCode: "EssentialContainerExited", containers: [{ name: "web", exitCode: 1 }] };
    const lines = reportText(diagnose({ stoppedTasks: [task] })).split("\n");
    expect(lines[0]).toBe("Nothing tells whether this is of this deployment:");
    expect(lines.filter((line) => line.includes("Exit code 1"))).toHaveLength(1);
  });

  it("hold no secret and no escape sequence", () => {
    for (const report of [reportMarkdown(diagnosis, options), reportJson(diagnosis, options), reportText(diagnosis, options)]) {
      expect(report).not.toMatch(/hunter2|correct-horse/);
      expect(report).not.toContain("\u001b");
    }
  });
});

describe("masking", () => {
  it.each([
    ["DB_PASSWORD=hunter2", "hunter2"],
    ['{"apiKey": "abc def"}', "abc def"],
    ["password: 'x y z'", "x y z"],
    ["Authorization: Bearer abcdefghijklmnop", "abcdefghijklmnop"],
    ["AKIAIOSFODNN7EXAMPLE", "AKIAIOSFODNN7EXAMPLE"],
    ["aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "wJalr"],
    ["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abcDEF123", "eyJzdWIi"],
    ["postgres://shop:s3cret@db:5432/shop", "s3cret"],
    ["ghp_abcdefghijklmnopqrstuvwxyz0123456789", "abcdefghij"],
    ["-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----", "MIIE"],
  ])("hides the secret in %s", (text, secret) => {
    expect(maskText(text)).not.toContain(secret);
  });

  it.each([
    "The security token included in the request is expired",
    "(RequestToken: 256edf08-7afc-0783-a02f-4fd6be3a7e60, HandlerErrorCode: GeneralServiceException)",
    "secret: arn:aws:secretsmanager:eu-west-1:1:secret:db-AbCdEf",
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/x.html",
    "token: null",
    "unable to pull secrets or registry auth: The task cannot pull registry auth from Amazon ECR",
    "Error loading SSO Token: Token for my-sso does not exist",
  ])("leaves %s", (text) => {
    expect(maskText(text)).toBe(text);
  });

  it("leaves every message of AWS as it is", () => {
    const changed = ["messages.jsonl", "more-messages.jsonl"].flatMap((name) =>
      readFileSync(new URL(name, import.meta.url), "utf8")
        .trim()
        .split("\n")
        .map((line) => (JSON.parse(line) as { message: string }).message)
        .filter((message) => maskText(message) !== message),
    );
    expect(changed).toEqual([]);
  });

  it("hides given values anywhere in plain data, the longest first", () => {
    expect(maskAll({ a: ["my value is long", "my value"], n: 1 }, ["my value", "my value is long"])).toEqual({
      a: ["••••••", "••••••"],
      n: 1,
    });
    expect(maskText("a b c", ["a"])).toBe("a b c");
  });
});
