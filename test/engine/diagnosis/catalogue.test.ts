import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { sampleMessages } from "../../../scripts/lib/sample-messages.ts";
import { commands } from "../../../src/cli/commands.ts";
import { calls } from "../../../src/engine/diagnosis/catalogue/calls.ts";
import { catalogue, causeOf, topics } from "../../../src/engine/diagnosis/catalogue/index.ts";
import { order } from "../../../src/engine/diagnosis/catalogue/order.ts";
import { failuresPage } from "../../../src/engine/diagnosis/failures-page.ts";
import { compile, needleOf } from "../../../src/engine/diagnosis/pattern.ts";
import { valuesFor } from "../../../src/engine/diagnosis/values.ts";
import type { Field, Fields } from "../../../src/engine/schema.ts";
import { stepFields } from "../../../src/engine/sections/index.ts";

const classes = readFileSync(new URL("classes.txt", import.meta.url), "utf8")
  .trim()
  .split("\n");

/** The classes beyond: of our own calls, which no text of others tells. */
const ownCalls = calls.map(({ id }) => id);

/** What is known of a call of our own. */
const callValues =
  "action principal role awsProfile endpoint customEndpoint said status device signIn holder credentialProcess keysFile knownProfiles setIn present absent sourceProfile answer end command";

/** Whether a path such as `containers[].healthCheck.command` leads to a field of the step. */
function leadsToField(path: string): boolean {
  let fields: Fields | undefined = stepFields as unknown as Fields;
  let field: Field | undefined;
  for (const part of path.split(".")) {
    const key = part.replace("[]", "");
    field = fields?.[key];
    if (!field || part.endsWith("[]") !== (field.kind === "list") ? !(field?.kind === "list" && path.endsWith(part)) : false) return false;
    fields = field && "fields" in field ? field.fields : undefined;
  }
  return field !== undefined;
}

describe("the catalogue", () => {
  it("has all classes, in the order of their specificity", () => {
    expect(order.slice(0, classes.length)).toEqual(classes);
    expect(order.slice(classes.length)).toEqual(ownCalls);
    expect(catalogue.map((cause) => cause.id)).toEqual(order);
  });

  it("has every entry in one topic", () => {
    expect(topics.flatMap((topic) => topic.causes.map((cause) => cause.id)).toSorted()).toEqual(order.toSorted());
    expect(causeOf("out-of-memory")?.title).toBe("The container used more memory than it may and was killed");
    expect(causeOf("nonsense")).toBeUndefined();
  });

  it.each(catalogue.map((cause) => [cause.id, cause] as const))("is complete: %s", (_, cause) => {
    if (!ownCalls.includes(cause.id)) expect(cause.match.length).toBeGreaterThan(0);
    expect(cause.origins.length).toBeGreaterThan(0);
    expect(cause.fix.length).toBeGreaterThan(0);
    expect(cause.docs.length).toBeGreaterThan(0);
    expect(cause.likelihood).toBeGreaterThanOrEqual(0);
    expect(cause.likelihood).toBeLessThanOrEqual(1);
    expect(cause.title).not.toMatch(/[.!]$/);
    if (cause.rootness === "symptom") expect(cause.lookNext ?? []).not.toEqual([]);
    for (const link of cause.docs) expect(link).toMatch(/^https:\/\/(docs\.aws\.amazon\.com|repost\.aws)\//);
    for (const text of [cause.title, cause.cause, ...cause.fix]) expect(text.split("[[").length).toBe(text.split("]]").length);
  });

  it("points to fields that exist", () => {
    const strays = catalogue.flatMap((cause) =>
      cause.fields.filter((field) => !leadsToField(field)).map((field) => `${cause.id}: ${field}`),
    );
    expect(strays).toEqual([]);
  });

  it("speaks only of values that a message, a profile or the account can give", () => {
    const profile = {
      name: "p",
      target: { region: "r", cluster: "c", awsProfile: "a" },
      configuration: { name: "n", taskRole: "arn:aws:iam::1:role/t" },
      taskExecutionRole: { roleArn: "arn:aws:iam::1:role/e" },
      taskSize: { cpu: 256, memory: 512, ephemeralStorageGiB: 30 },
      network: { subnets: ["subnet-1"], securityGroups: ["sg-1"] },
      deployment: { minimumHealthyPercent: 100, maximumPercent: 200 },
      containers: [
        {
          name: "web",
          image: "shop/web:1",
          memory: 200,
          healthCheck: { command: ["CMD", "x"] },
          environment: [{ name: "A", valueFrom: "arn:aws:secretsmanager:r:1:secret:s" }],
        },
      ],
      loadBalancerMappings: [{ containerName: "web", containerPort: 80, targetGroupArn: "arn:tg" }],
      volumes: [{ name: "v", type: "efs", fileSystemId: "fs-1" }],
    };
    const facts = {
      account: "1",
      vpcId: "vpc-1",
      serviceName: "s",
      serviceResource: "S",
      stackName: "st",
      newestTags: { "shop/web": ["2"] },
      subnets: [{ id: "subnet-1", route: "none" as const }],
    };
    const known = new Set(["parameter", "subnet", "group", ...callValues.split(" ")]);
    const unlimited = { ...profile, containers: [{ name: "web", image: "shop/web:1" }] };
    for (const { id } of catalogue) {
      for (const given of [profile, unlimited]) {
        for (const name of Object.keys(valuesFor(id, { profile: given, facts, exitCode: 1 }, { action: "iam:CreateRole" })))
          known.add(name);
      }
    }
    const unknown = catalogue.flatMap((cause) => {
      const captures = new Set(cause.match.flatMap((pattern) => [...pattern.source.matchAll(/<([a-z_]+)>/g)].map((match) => match[1])));
      const camel = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
      const names = [cause.title, cause.cause, cause.command ?? "", ...cause.fix].flatMap((text) =>
        [...text.matchAll(/\{([a-zA-Z_]+)\}/g)].map((match) => match[1] as string),
      );
      return names
        .filter((name) => !known.has(name) && !captures.has(name) && !captures.has(camel(name)))
        .map((name) => `${cause.id}: {${name}}`);
    });
    expect(unknown).toEqual([]);
  });
});

describe("the dialect of expressions", () => {
  it("finds a text that every match contains", () => {
    expect(needleOf("no space left on device")).toBe("nospaceleftondevice");
    expect(needleOf("failed to (?:a|b) download files?")).toBe("downloadfile");
    expect(needleOf("\\bOut\\.Of [xyz] Memory\\d+")).toBe("out.of");
    expect(needleOf("<name> already exists in stack")).toBe("alreadyexistsinstack");
    expect(needleOf("abc ?def")).toBe("abcdef");
  });

  it("matches with and without white space", () => {
    const [pattern] = compile(/Security group <group> and …different networks/);
    expect(pattern?.spaced().exec("security group sg-1 and the subnet belong to different networks")?.groups?.["group"]).toBe("sg-1");
    expect(pattern?.packed().test("Securitygroupsg-1andsubnetsubnet-2belongtodifferentnetworks")).toBe(true);
    expect(compile(/one|two (?:a|b)/)).toHaveLength(2);
  });
});

describe("the steps", () => {
  it("name only commands that the program has", () => {
    const named = catalogue.flatMap(({ id, fix }) =>
      fix.flatMap((step) => [...step.matchAll(/`ecs-wizard ([a-z]+)/g)].map((match) => [id, match[1] as string] as const)),
    );
    expect(named.length).toBeGreaterThan(10);
    const known = new Set(commands.map(({ name }) => name.split(" ")[0]));
    expect(named.filter(([, command]) => !known.has(command))).toEqual([]);
  });
});

describe("docs/failures.md", () => {
  it("is up to date (write it anew with: node scripts/generate-failures.ts)", () => {
    expect(readFileSync(new URL("../../../docs/failures.md", import.meta.url), "utf8")).toBe(failuresPage(sampleMessages()));
  });
});
