import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatPath } from "../../../src/engine/path.ts";
import type { Json, JsonObject } from "../../../src/engine/schema.ts";
import { effective, validate } from "../../../src/engine/values.ts";
import { VariableDictionary } from "../../../src/engine/variables/index.ts";
import { validProfile } from "../../support/profile-arbitrary.ts";
import { webProfile, webWith } from "../../support/profiles.ts";

const container = (profile: JsonObject) => effective(profile).step.containers[0];

describe("effective answers", () => {
  it("apply the defaults of the reference", () => {
    const { step } = effective(webProfile);
    expect(step.target.environment).toBe("default");
    expect(step.taskSize).toEqual({ cpu: 256, memory: 512, cpuArchitecture: "X86_64" });
    expect(step.deployment).toMatchObject({
      desiredCount: 1,
      minimumHealthyPercent: 100,
      maximumPercent: 200,
      enableExecuteCommand: false,
    });
    expect(step.deploymentOptions).toEqual({ wait: "waitUntilCompleted" });
    expect(step.containers[0]).toMatchObject({ essential: true, logging: { type: "auto" } });
    expect(step.loadBalancerMappings).toBeUndefined();
  });

  it("read numbers and booleans written as text", () => {
    const { step, issues } = effective(
      webWith({
        taskSize: { cpu: "512", memory: " 1024 " },
        network: { ...(webProfile["network"] as JsonObject), assignPublicIp: "TRUE" },
      }),
    );
    expect(issues).toEqual([]);
    expect(step.taskSize).toMatchObject({ cpu: 512, memory: 1024 });
    expect(step.network.assignPublicIp).toBe(true);
  });

  it("take no empty text for a default, a number or a choice, written or made by an expression", () => {
    const variables = new VariableDictionary({ Nothing: "" });
    const profile = webWith({
      target: { ...(webProfile["target"] as JsonObject), environment: "#{Nothing}", tenant: "#{Nothing}" },
      taskSize: { memory: "#{Nothing}", ephemeralStorageGiB: "#{Nothing}" },
      deployment: { desiredCount: "", enableExecuteCommand: "" },
      tags: { propagateTags: "" },
    });
    const { issues } = effective(profile, { variables });
    expect(issues.filter(({ rule }) => rule === "empty").map(({ path }) => path.join("."))).toEqual([
      "target.environment",
      "taskSize.memory",
      "taskSize.ephemeralStorageGiB",
      "tags.propagateTags",
      "deployment.desiredCount",
      "deployment.enableExecuteCommand",
    ]);
    expect(issues).toHaveLength(6);
  });

  it.each([
    ["written", "none"],
    ["given by an expression", "#{Nothing}"],
  ])("take the word for no choice as none, %s", (_, propagateTags) => {
    const { step, issues } = effective(webWith({ tags: { propagateTags } }), { variables: new VariableDictionary({ Nothing: "none" }) });
    expect(issues).toEqual([]);
    expect(step.tags).not.toHaveProperty("propagateTags");
  });

  it("never replace an unreadable number by its default", () => {
    const { step, issues } = effective(webWith({ taskSize: { memory: "half" } }));
    expect(step.taskSize.memory).toBe("half");
    expect(issues.map(({ rule }) => rule)).toEqual(["not-a-number"]);
  });

  it("leave out hidden answers, which the profile keeps", () => {
    const profile = webWith(
      {
        volumes: [{ name: "a", type: "bind", fileSystemId: "nonsense #{X}" }],
        deploymentOptions: { wait: "dontWait", timeoutMinutes: "soon" },
      },
      { mountPoints: [{ sourceVolume: "a", containerPath: "/a" }] },
    );
    const { step, issues, bound } = effective(profile);
    expect(step.volumes).toEqual([{ name: "a", type: "bind" }]);
    expect(step.deploymentOptions).toEqual({ wait: "dontWait" });
    expect(issues).toEqual([]);
    expect(bound).toEqual([]);
    expect(validate(profile).map(({ rule, path }) => `${rule} ${path.join(".")}`)).toEqual([
      "no-effect deploymentOptions.timeoutMinutes",
      "no-effect volumes.0.fileSystemId",
    ]);
  });

  it("say nothing of hidden answers that are bound to be decided, empty, or the default anyway", () => {
    const profile = webWith(
      {
        volumes: [
          { name: "a", type: "bind", fileSystemId: "", encryptionInTransit: "False", iamAuthorization: false },
          { name: "b", type: "#{Type}", fileSystemId: "fs-0123456789abcdef0" },
        ],
      },
      {
        mountPoints: ["a", "b"].map((name) => ({ sourceVolume: name, containerPath: `/${name}` })),
        logging: { type: "#{L}", logDriver: "splunk" },
      },
    );
    expect(validate(profile)).toEqual([]);
  });

  it.each<[Json, string[]]>([
    ["curl localhost", ["CMD-SHELL", "curl localhost"]],
    [["curl localhost"], ["CMD-SHELL", "curl localhost"]],
    ["CMD-SHELL curl localhost || exit 1", ["CMD-SHELL", "curl localhost || exit 1"]],
    ["CMD /bin/check --fast", ["CMD", "/bin/check", "--fast"]],
    [
      ["CMD", "true"],
      ["CMD", "true"],
    ],
    ["NONE", ["NONE"]],
  ])("read the health check %j as %j", (command, expected) => {
    expect(container(webWith({}, { healthCheck: { command } }))?.healthCheck?.command).toEqual(expected);
  });

  it("count default registry credentials, empty groups and empty texts as absent", () => {
    const read = container(
      webWith(
        {},
        {
          repositoryCredentials: "default",
          healthCheck: {},
          firelens: { type: "" },
          workingDirectory: "",
          environment: [{ name: "EMPTY", value: "" }],
        },
      ),
    );
    expect(read).not.toHaveProperty("repositoryCredentials");
    expect(read).not.toHaveProperty("healthCheck");
    expect(read).not.toHaveProperty("firelens");
    expect(read).not.toHaveProperty("workingDirectory");
    expect(read?.environment).toEqual([{ name: "EMPTY", value: "" }]);
  });

  it("take bound lists as JSON, and drop an id that is bound to nothing", () => {
    const { step, issues } = effective(
      webWith(
        { network: { subnets: ["#{Subnets}", "subnet-0123456789abcdef2"], securityGroups: ["#{Groups}", "#{None}"] } },
        { command: "#{Command}", entryPoint: ["#{None}", '["a"]'] },
      ),
      {
        variables: new VariableDictionary({
          Subnets: "subnet-0123456789abcdef0\nsubnet-0123456789abcdef1",
          Groups: '["sg-0123456789abcdef0"]',
          Command: '["npm", "start"]',
          None: "",
        }),
      },
    );
    expect(issues).toEqual([]);
    expect(step.network.subnets).toEqual(["subnet-0123456789abcdef0", "subnet-0123456789abcdef1", "subnet-0123456789abcdef2"]);
    expect(step.network.securityGroups).toEqual(["sg-0123456789abcdef0"]);
    expect(step.containers[0]).toMatchObject({ command: ["npm", "start"], entryPoint: ["", '["a"]'] });
  });

  it("let the word for default registry credentials be bound", () => {
    const bound = webWith({}, { repositoryCredentials: "#{Credentials}" });
    const read = (value: string) => effective(bound, { variables: new VariableDictionary({ Credentials: value }) });
    expect(validate(bound)).toEqual([]);
    expect(read("default")).toMatchObject({ issues: [], bound: [{ value: "default" }] });
    expect(read("default").step.containers[0]).not.toHaveProperty("repositoryCredentials");
    expect(read("secret").issues).toMatchObject([{ path: ["containers", 0, "repositoryCredentials"], rule: "wrong-type" }]);
    expect(validate(bound, { variables: new VariableDictionary() })).toMatchObject([{ rule: "variable-missing" }]);
  });

  it("take lists of ids given as one bound text", () => {
    const { step } = effective(webWith({ network: { subnets: "#{Subnets}", securityGroups: "sg-0123456789abcdef0,#{More}" } }), {
      variables: new VariableDictionary({ Subnets: "subnet-0123456789abcdef0, subnet-0123456789abcdef1", More: "sg-0123456789abcdef1" }),
    });
    expect(step.network.subnets).toEqual(["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]);
    expect(step.network.securityGroups).toEqual(["sg-0123456789abcdef0", "sg-0123456789abcdef1"]);
  });

  it.each<[string, JsonObject, string]>([
    [
      "network.subnets",
      webWith({ network: { subnets: "subnet-0123456789abcdef0", securityGroups: ["sg-0123456789abcdef0"] } }),
      'subnets: ["subnet-0123456789abcdef0"]',
    ],
    [
      "network.securityGroups",
      webWith({ network: { subnets: ["subnet-0123456789abcdef0"], securityGroups: "sg-1, sg-2" } }),
      'securityGroups: ["sg-1", "sg-2"]',
    ],
    ["containers[0].command", webWith({}, { command: "npm start" }), 'command: ["npm start"]'],
    ["containers[0].entryPoint", webWith({}, { entryPoint: "/bin/sh" }), 'entryPoint: ["/bin/sh"]'],
    [
      "containers[0].environmentFiles",
      webWith({}, { environmentFiles: "arn:aws:s3:::b/a.env" }),
      'environmentFiles: ["arn:aws:s3:::b/a.env"]',
    ],
    [
      "containers[0].restartPolicy.ignoredExitCodes",
      webWith({}, { restartPolicy: { enabled: true, ignoredExitCodes: 0 } }),
      'ignoredExitCodes: ["0"]',
    ],
  ])("want a literal text in a list: %s", (path, profile, example) => {
    const errors = validate(profile).filter(({ severity }) => severity === "error");
    expect(errors.map((issue) => ({ ...issue, path: formatPath(issue.path) }))).toMatchObject([
      { path, rule: "wrong-type", hint: `Write it as a list: ${example}.` },
    ]);
  });

  it("take a health check as one free text", () => {
    expect(validate(webWith({}, { healthCheck: { command: "curl localhost" } }))).toEqual([]);
  });
});

describe("bindings", () => {
  const bound = webWith({ taskSize: { cpu: "#{Cpu}", memory: "#{Memory}" } });

  it("stay, unchecked, without variables", () => {
    const { step, issues, bound: found } = effective(bound);
    expect(issues).toEqual([]);
    expect(step.taskSize).toMatchObject({ cpu: "#{Cpu}", memory: "#{Memory}" });
    expect(found).toEqual([
      { path: ["taskSize", "cpu"], expression: "#{Cpu}" },
      { path: ["taskSize", "memory"], expression: "#{Memory}" },
    ]);
  });

  it("are substituted and read with variables", () => {
    const { step, issues, bound: found } = effective(bound, { variables: new VariableDictionary({ Cpu: "512", Memory: 1024 }) });
    expect(issues).toEqual([]);
    expect(step.taskSize).toMatchObject({ cpu: 512, memory: 1024 });
    expect(found[0]).toEqual({ path: ["taskSize", "cpu"], expression: "#{Cpu}", value: "512" });
  });

  it("are checked again, showing expression and value", () => {
    const issues = validate(bound, { variables: new VariableDictionary({ Cpu: "512", Memory: "512" }) });
    expect(issues.map(({ rule }) => rule)).toEqual(["cpu-memory-pair"]);
    expect(issues[0]?.message).toContain('"#{Memory}" gives "512"');
  });

  it("without a value are errors that name field and variable", () => {
    const { issues, missing } = effective(bound, { variables: new VariableDictionary({ Cpu: "256" }) });
    expect(issues).toMatchObject([{ path: ["taskSize", "memory"], rule: "variable-missing", severity: "error" }]);
    expect(issues[0]?.message).toContain("Memory");
    expect(issues[0]?.hint).toContain("--var Memory=");
    expect(missing.map(({ paths }) => paths)).toEqual([[["taskSize", "memory"]]]);
  });

  it.each([
    ["#{calc Count*2}", "variable-missing", "a value for Count"],
    ["#{A} #{B | ToLower}", "variable-missing", "a value for A and B"],
    ["#{Package[web].Tag}", "variable-missing", "Package[web].Tag"],
    ["#{Known | Nope}", "expression", "#{Known | Nope} gives no value"],
  ])("such as %s are found by the names they need", (value, rule, says) => {
    const profile = webWith({}, { environment: [{ name: "X", value }] });
    const { issues } = effective(profile, { variables: new VariableDictionary({ Known: "1" }) });
    expect(issues).toMatchObject([{ path: ["containers", 0, "environment", 0, "value"], rule, severity: "error" }]);
    expect(issues[0]?.message).toContain(says);
  });

  it("with a name that a shell would read are shown in quotes", () => {
    const { issues } = effective(webWith({ configuration: { name: "#{Package[web].Name}" } }), { variables: new VariableDictionary() });
    expect(issues[0]?.hint).toContain("--var 'Package[web].Name=…'");
  });

  it("are explained at the items of a bound list as well", () => {
    const [issue] = validate(webWith({ network: { subnets: "#{Subnets}", securityGroups: ["sg-0123456789abcdef0"] } }), {
      variables: new VariableDictionary({ Subnets: "private-a" }),
    });
    expect(issue?.message).toContain('"#{Subnets}" gives "private-a"');
  });

  it("that cannot be parsed are errors too", () => {
    const { issues } = effective(webWith({ configuration: { name: "#{A" } }), { variables: new VariableDictionary({ A: "x" }) });
    expect(issues.map(({ rule }) => rule)).toEqual(["expression"]);
  });

  it("never show a sensitive value", () => {
    const issues = validate(webWith({ configuration: { name: "#{Secret}" } }), {
      variables: new VariableDictionary({ Secret: "hunter 2!" }),
      sensitiveValues: ["hunter 2!"],
    });
    expect(issues.map(({ rule }) => rule)).toEqual(["name-characters"]);
    expect(JSON.stringify(issues)).not.toContain("hunter");
    expect(issues[0]?.message).toContain("•••");
  });

  it("never show a part of a sensitive value where a long text is cut", () => {
    const secret = "s3cr3t".repeat(20);
    const variables = new VariableDictionary({ Secret: secret, Text: `${"x".repeat(40)}#{Secret}` });
    const profile = webWith({ taskSize: { memory: "#{Text}", cpuArchitecture: "#{Text}" } }, { essential: "#{Secret}", user: "#{Text} y" });
    const issues = validate(profile, { variables, sensitiveValues: [secret] });
    expect(issues.map(({ rule }) => rule).sort()).toEqual(["not-a-boolean", "not-a-number", "not-an-option", "user-name"]);
    expect(JSON.stringify(issues)).not.toContain("s3cr3t");
  });
});

describe("reading never throws", () => {
  const anything = fc.jsonValue({ maxDepth: 6 }) as fc.Arbitrary<Json>;

  it("on arbitrary JSON", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), anything),
        (profile) => void validate(profile as JsonObject, { variables: new VariableDictionary({}) }),
      ),
      { numRuns: 1000 },
    );
  });

  it("on profiles with anything in any place", () => {
    fc.assert(
      fc.property(validProfile, fc.nat(), anything, (profile, at, value) => {
        const damaged = structuredClone(profile);
        const places: { holder: JsonObject | Json[]; key: string }[] = [];
        const visit = (holder: Json): void => {
          if (typeof holder !== "object" || holder === null) return;
          for (const key of Object.keys(holder)) {
            places.push({ holder, key });
            visit((holder as JsonObject)[key] ?? null);
          }
        };
        visit(damaged);
        const place = places[at % places.length];
        if (place) (place.holder as JsonObject)[place.key] = value;
        const issues = validate(damaged);
        for (const { message, hint, rule } of issues) expect(`${message}${hint}${rule}`).not.toMatch(/undefined|\[object/);
      }),
      { numRuns: 1000 },
    );
  });

  it("on documents nested or repeated without measure", () => {
    let deep: Json = "x";
    for (let depth = 0; depth < 100_000; depth++) deep = [deep];
    const containers = Array.from({ length: 2000 }, (_, at) => ({
      name: `c${at}`,
      image: "x:1",
      dependsOn: [{ containerName: `c${at + 1}`, condition: "START" }],
    }));
    expect(
      validate({ target: { assumeRole: { roleArn: deep }, region: deep }, containers: [{ healthCheck: { command: deep } }] }).length,
    ).toBeGreaterThan(0);
    expect(validate({ ...webProfile, containers }).map(({ rule }) => rule)).toEqual(["too-many", "unknown-dependency"]);
  });

  it("on names that JavaScript gives a meaning", () => {
    const profile = JSON.parse(
      '{"__proto__": {"polluted": true}, "constructor": 1, "target": {"__proto__": [], "region": "eu-west-1"}}',
    ) as JsonObject;
    expect(
      validate(profile)
        .filter(({ rule }) => rule === "unknown-key")
        .map(({ path }) => path.join(".")),
    ).toEqual(["__proto__", "constructor", "target.__proto__"]);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
});
