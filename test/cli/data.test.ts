import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { example, webService, writeProfile } from "../support/example-profiles.ts";
import { run, temporaryFolder } from "../support/program.ts";

const home = temporaryFolder();
afterAll(() => home[Symbol.dispose]());
const wizard = (...args: string[]) => run(args, { home: home.path });
const good = writeProfile(home.path);
const repository = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/web";

describe("validate --json is {valid, issues} with paths", () => {
  test("of a profile without faults", async () => {
    expect(await wizard("validate", good, "--json")).toEqual({
      code: 0,
      stdout: `${JSON.stringify({ valid: true, issues: [] }, null, 2)}\n`,
      stderr: "",
    });
  });

  test("of one with faults in several places: each its path, and nothing else in it", async () => {
    const { code, stdout, stderr } = await wizard(
      ...["validate", good, "--json", "--set", "taskSize.cpu=300", "--set", "containers[0].portMappings[0].containerPort=99999"],
      ...["--set", "deployment.desiredCount=-1", "--set", "containers[0].essential=false"],
    );
    const { valid, issues } = JSON.parse(stdout) as { valid: boolean; issues: Record<string, string>[] };
    expect({ code, stderr, valid }).toEqual({ code: 2, stderr: "", valid: false });
    const paths = issues.map(({ path }) => path);
    for (const path of ["taskSize.cpu", "containers[0].portMappings[0].containerPort", "deployment.desiredCount", "containers"])
      expect(paths).toContain(path);
    for (const issue of issues) {
      expect(Object.keys(issue).sort()).toEqual(["hint", "message", "path", "rule", "severity"]);
      expect(["error", "warning"]).toContain(issue["severity"]);
    }
  });

  test("a variable that a later --var can give is a warning here", async () => {
    const file = writeProfile(home.path, webService.replace(":1.4.2", ":#{Tag}"), "tag.yaml");
    const { code, stdout } = await wizard("validate", file, "--json");
    expect(JSON.parse(stdout)).toMatchObject({
      valid: true,
      issues: [{ path: "containers[0].image", severity: "warning", rule: "variable-missing" }],
    });
    expect(code).toBe(0);
    expect(JSON.parse((await wizard("validate", file, "--json", "--var", "Tag=1.4.1")).stdout)).toEqual({ valid: true, issues: [] });
  });
});

describe("render tries an expression", () => {
  test.each([
    [["Hi #{Name | ToUpper}", "--var", "Name=x"], { text: "Hi X", missing: [] }, 0],
    [["#{A} #{B}", "--var", "B=x"], { text: "#{A} x", missing: ["#{A}"] }, 2],
    [["Hi #{Name"], { text: "Hi #{Name", missing: [], error: { kind: "parse" } }, 2],
    [["#{if Yes}1#{else}0#{/if}", "--var", "Yes=true"], { text: "1", missing: [] }, 0],
  ] as const)("%j", async (args, result, code) => {
    const [json, plain] = await Promise.all([wizard("render", ...args, "--json"), wizard("render", ...args)]);
    expect(JSON.parse(json.stdout)).toMatchObject(result);
    expect([json.code, plain.code]).toEqual([code, code]);
    expect(plain.stdout).toBe(`${result.text}\n`);
    expect(plain.stderr === "").toBe(code === 0);
  });
});

describe("explain", () => {
  const known = "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref shop/web:9: not found";
  test("a message as an argument", async () => {
    const { code, stdout } = await wizard("explain", known);
    expect(stdout).toContain("does not exist in the registry");
    expect(stdout).toMatch(/^ {2}1\. /m);
    expect(code).toBe(0);
  });

  test("lines on stdin, one object a line", async () => {
    const { stdout } = await run(["explain", "--json"], { home: home.path, input: `${known}\nno such thing was ever said\n` });
    const lines = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines).toMatchObject([{ text: known, id: expect.stringMatching(/^pull-/), fix: expect.any(Array) }, { id: null }]);
  });
});

describe("explain, for people", () => {
  const explain = async (input: string) => await run(["explain"], { home: home.path, input });

  test("several messages, each with its own words before it; a symptom says where the cause is; unknown lines together, as they are", async () => {
    const { stdout } = await explain("Exit code: 139\nhello there\n\nhello again\nTask failed ELB health checks in (target-group tg)\n");
    expect(stdout).toMatch(/^> Exit code: 139\nExit code 139: /m);
    expect(stdout).toContain("hello there\nhello again\n  These 2 lines are not known to ecs-wizard.\n");
    expect(stdout).toMatch(/^ {2}A symptom: the cause stands elsewhere, look at the target health/m);
    const again = (await explain("Exit code: 139\nweb exited with exit code 139\n")).stdout;
    expect(again).toMatch(/^> web exited with exit code 139\nExit code 139: .*\n {2}As above\.$/m);
    expect(again.match(/^ {2}1\. /gm)).toHaveLength(1);
  });

  test("one message that a terminal wrapped is put together", async () => {
    const message = "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref shop/web:9: not found";
    const { stdout } = await explain(`${message.match(/.{1,30}/g)?.join("\n")}\n`);
    expect(stdout).toMatch(/\(pull-image-not-found\)$/m);
    expect(stdout).not.toContain("not known");
    // Its first line alone is known, too, if only as a failed pull.
    const first = (await explain(`${message.match(/.{1,60}/g)?.join("\n")}\n`)).stdout;
    expect(first).toMatch(/\(pull-image-not-found\)$/m);
    expect(first).not.toContain("pull-generic");
    const two = (await explain(`${message}\nHello there\n`)).stdout;
    expect(two).toContain("Hello there\n  This message is not known");
  });

  test("of a long log only the ends of what is not known are shown", async () => {
    const log = Array.from({ length: 40 }, (_, at) => `line ${at + 1}`).join("\n");
    const { stdout } = await explain(`${log}\nExit code: 139\n`);
    expect(stdout).toContain("line 3\n  … 34 more lines\nline 38\n");
    expect(stdout).toContain("These 40 lines are not known to ecs-wizard.\n> Exit code: 139\n");
  });

  test("nothing to explain is wrong usage", async () => {
    expect(await explain(" \n")).toMatchObject({ code: 2, stderr: expect.stringContaining("there is no text to explain") });
  });
});

describe("export", () => {
  const imageIn = (template: string) => parse(template).Resources.TaskDefinitionshopWeb.Properties.ContainerDefinitions[0].Image;

  test("expressions stay, and so does the image without a version; --resolve puts values in", async () => {
    const file = writeProfile(home.path, webService.replace(":1.4.2", ":#{Tag}"), "bound.yaml");
    expect(imageIn((await wizard("export", file)).stdout)).toBe(`${repository}:#{Tag}`);
    expect(imageIn((await wizard("export", file, "--resolve", "--var", "Tag=1.4.1")).stdout)).toBe(`${repository}:1.4.1`);
    const unversioned = writeProfile(home.path, webService.replace(":1.4.2", ""), "unversioned.yaml");
    expect(imageIn((await wizard("export", unversioned)).stdout)).toBe(`#{Octopus.Action.Package[${repository}].Image}`);
    expect(imageIn((await wizard("export", unversioned, "--image", "web=1.4.1", "--resolve")).stdout)).toBe(`${repository}:1.4.1`);
    const asOctopus = `Octopus.Action.Package[${repository}].Image=docker.io/shop:2`;
    expect(imageIn((await wizard("export", unversioned, "--resolve", "--var", asOctopus)).stdout)).toBe("docker.io/shop:2");
  });

  test("--resolve without a value is an error that names the field", async () => {
    const { code, stdout, stderr } = await wizard("export", join(home.path, "bound.yaml"), "--resolve");
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("containers[0].image");
  });

  test("a profile with errors only with --allow-invalid, which says them", async () => {
    const refused = await wizard("export", good, "--set", "taskSize.memory=4096");
    expect(refused).toMatchObject({ code: 2, stdout: "" });
    const allowed = await wizard("export", good, "--set", "taskSize.memory=4096", "--allow-invalid");
    expect(allowed.code).toBe(0);
    expect(allowed.stderr).toContain("taskSize.memory");
    expect(parse(allowed.stdout).Parameters.TaskDefinitionMemory.Default).toBe("4096");
  });

  test("JSON by --format or by the ending of --out, which only its owner may read", async () => {
    const { stdout } = await wizard("export", good, "--format", "json");
    const file = join(home.path, "template.json");
    expect(await wizard("export", good, "--out", file)).toMatchObject({ code: 0, stdout: "" });
    expect(readFileSync(file, "utf8")).toBe(stdout);
    expect(JSON.parse(stdout)).toEqual(parse((await wizard("export", good)).stdout));
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });
});

describe("values come from, strongest first, --var, --vars, the profile, the environment", () => {
  const profile = (variables: string) =>
    writeProfile(home.path, `${webService.replace(":1.4.2", ":#{Tag}")}variables: ${variables}\n`, "variables.yaml");
  const version = async (file: string, args: readonly string[], env: Record<string, string> = {}) => {
    const { stdout, stderr } = await run(["export", file, "--resolve", ...args], { home: home.path, env });
    return /shop\/web:(\S+)/.exec(stdout)?.[1] ?? stderr;
  };
  const vars = { yaml: join(home.path, "vars.yaml"), json: join(home.path, "vars.json"), env: join(home.path, "vars.env") };
  writeFileSync(vars.yaml, "Tag: from-yaml\n");
  writeFileSync(vars.json, '{"Tag": "from-json"}');
  writeFileSync(vars.env, "Tag=from-env\n");
  const environment = { ECS_WIZARD_VAR_Tag: "from-environment" };

  test.each([
    ["{Tag: from-profile}", ["--vars", vars.yaml, "--var", "Tag=from-var"], "from-var"],
    ["{Tag: from-profile}", ["--vars", vars.yaml], "from-yaml"],
    ["{Tag: from-profile}", ["--vars", vars.yaml, "--vars", vars.json], "from-json"],
    ["{Tag: from-profile}", ["--vars", vars.env], "from-env"],
    ["{Tag: from-profile}", [], "from-profile"],
    ["{}", [], "from-environment"],
  ])("%s %j", async (variables, args, expected) => {
    expect(await version(profile(variables), args, environment)).toBe(expected);
  });

  test("versions in files stay what they are, and an empty file says nothing", async () => {
    writeFileSync(vars.yaml, "Tag: 1.10\n");
    writeFileSync(vars.json, '{"Tag": 1.20}');
    writeFileSync(vars.env, "# nothing yet\n");
    expect(await version(profile("{}"), ["--vars", vars.yaml])).toBe("1.10");
    expect(await version(profile("{}"), ["--vars", vars.yaml, "--vars", vars.json, "--vars", vars.env])).toBe("1.20");
  });

  test("a sensitive value is never written: its expression stays, and is said to", async () => {
    const file = profile("{Tag: {sensitive: true}}");
    for (const given of [["--var", "tag=hunter22"], []]) {
      const { code, stdout, stderr } = await wizard("export", file, "--resolve", ...given);
      expect(stdout).toContain(`Image: ${repository}:#{Tag}`);
      expect(`${stdout}${stderr}`).not.toContain("hunter22");
      expect(stderr).toContain("#{Tag} stays in the template: what it gives is sensitive");
      expect(code).toBe(0);
    }
  });

  test("--image takes a tag, a digest or a whole image", async () => {
    const digest = `sha256:${"a".repeat(64)}`;
    for (const [given, image] of [
      ["1.4.1", `${repository}:1.4.1`],
      [digest, `${repository}@${digest}`],
      [`@${digest}`, `${repository}@${digest}`],
      ["public.ecr.aws/nginx/nginx:1.27", "public.ecr.aws/nginx/nginx:1.27"],
    ]) {
      const { stdout, stderr } = await wizard("export", good, "--image", `web=${given}`);
      expect(stdout, stderr).toContain(`Image: ${image}`);
    }
    for (const given of ["", " ", "sha256:abc"]) {
      const { code, stderr } = await wizard("export", good, "--image", `web=${given}`);
      expect(stderr).toContain("--image web=TAG");
      expect(code).toBe(2);
    }
  });
});

test("a running service is imported as a valid profile; one that is not there names the others", async () => {
  const imported = await wizard("import", "service", "production/checkout", "--sandbox", "--name", "checkout");
  expect(imported, imported.stderr).toMatchObject({ code: 0 });
  expect((await wizard("validate", "checkout")).code).toBe(0);
  const shown = parse((await wizard("profiles", "show", "checkout")).stdout) as Record<string, unknown>;
  expect(shown).toMatchObject({ target: { cluster: "production" }, configuration: { name: "checkout" }, deployment: { desiredCount: 2 } });
  const missing = await wizard("import", "service", "production/chekout", "--sandbox");
  expect(missing).toMatchObject({ code: 2, stdout: "" });
  expect(missing.stderr).toMatch(/no service chekout in the cluster production\n.*There are: checkout, /);
});

describe("import of an Octopus step", () => {
  const step = {
    Properties: {
      "Octopus.Action.Aws.Ecs.ClusterName": "production",
      "Octopus.Action.Aws.Region": "eu-west-1",
      "Octopus.Action.Aws.Ecs.Deploy.ServiceTaskName": "legacy",
      "Octopus.Action.Aws.Ecs.Deploy.CFStackName": "legacy-stack",
      "Octopus.Action.Aws.Ecs.Deploy.Cpu": "256",
      "Octopus.Action.Aws.Ecs.Deploy.Memory": "512",
      "Octopus.Action.Aws.Ecs.Deploy.SubnetIds": '["subnet-0f3784b2149dd6648"]',
      "Octopus.Action.Aws.Ecs.Deploy.SecurityGroupIds": '["sg-0ae0a26d0aab497a2"]',
      "Octopus.Action.Aws.Ecs.Deploy.Containers": JSON.stringify([
        {
          containerName: "web",
          containerImageReference: { referenceId: "1", imageName: "shop/web", feedId: "f" },
          essential: "True",
          containerPortMappings: [{ containerPort: "80", protocol: "Tcp" }],
        },
      ]),
      "Octopus.Action.Something.Else": "kept in mind",
    },
  };

  test("saves a profile, keeps the stack's name, and lists what has no place", async () => {
    const file = join(home.path, "step.json");
    writeFileSync(file, JSON.stringify(step));
    const { code, stderr } = await wizard("import", "octopus", file);
    expect(stderr).toContain("Octopus.Action.Something.Else");
    expect(stderr).toMatch(/saved legacy/);
    expect(code).toBe(0);
    const shown = JSON.parse((await wizard("profiles", "show", "legacy", "--json")).stdout);
    expect(shown).toMatchObject({ target: { cluster: "production", stackName: "legacy-stack" }, configuration: { name: "legacy" } });
  });

  test.each(["octopus", "task-definition", "compose", "copilot"])(
    "a file of something else is no %s import: exit code 2, and nothing is saved",
    async (kind) => {
      const file = join(home.path, "nothing.json");
      writeFileSync(file, "{}");
      const { code, stdout, stderr } = await wizard("import", kind, file, "--name", "nothing");
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toMatch(/cannot be imported: .+\n {2}→ ./);
      expect((await wizard("profiles", "list")).stdout).not.toContain("nothing");
    },
  );

  test("--json tells profile, what has no place, and the issues with their paths", async () => {
    const file = join(home.path, "step.json");
    writeFileSync(file, JSON.stringify({ Properties: { ...step.Properties, "Octopus.Action.Aws.Ecs.Deploy.Cpu": "300" } }));
    const { code, stdout } = await wizard("import", "octopus", file, "--json");
    expect(JSON.parse(stdout)).toMatchObject({
      profile: { name: "legacy", target: { stackName: "legacy-stack" } },
      unplaced: expect.arrayContaining([{ path: "Octopus.Action.Something.Else", value: "kept in mind" }]),
      issues: [{ path: "taskSize.cpu", severity: "error", rule: "not-an-option" }],
    });
    expect(code).toBe(0);
  });

  test("a file that is no JSON is said to be none", async () => {
    const { code, stderr } = await wizard("import", "octopus", good);
    expect(stderr).toContain("is no JSON");
    expect(code).toBe(2);
  });
});

test("every example is valid, and exports", async () => {
  for (const name of ["web-service", "web-with-sidecar", "everything", "all-bound"]) {
    const [validated, exported] = await Promise.all([wizard("validate", example(name)), wizard("export", example(name))]);
    expect(validated).toMatchObject({ code: 0, stderr: "" });
    expect(exported.code, exported.stderr).toBe(0);
    expect(parse(exported.stdout).AWSTemplateFormatVersion).toBe("2010-09-09");
  }
});
