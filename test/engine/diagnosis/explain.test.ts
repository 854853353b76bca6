import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ExplainContext } from "../../../src/engine/diagnosis/context.ts";
import { explainLines, explainPaste, explainText } from "../../../src/engine/diagnosis/explain.ts";
import { fill } from "../../../src/engine/diagnosis/fill.ts";
import { parseImageName, shortImageName } from "../../../src/engine/diagnosis/image-name.ts";

const registry = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";
const secret = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf";
const profile = {
  name: "shop-web",
  target: { region: "eu-west-1", cluster: "production", awsProfile: "acme" },
  configuration: { name: "shop-web" },
  taskSize: { cpu: 256, memory: 512, cpuArchitecture: "X86_64" },
  network: { subnets: ["subnet-a", "subnet-b", "subnet-c"], securityGroups: ["sg-1"], assignPublicIp: false },
  containers: [
    {
      name: "web",
      image: `${registry}/shop/web:1.4.3`,
      memory: 200,
      environment: [
        { name: "MODE", value: "production" },
        { name: "PASSWORD", valueFrom: `${secret}:password::` },
        { name: "TOKEN", valueFrom: "arn:aws:ssm:eu-west-1:123456789012:parameter/shop/token" },
      ],
    },
    { name: "worker", image: `${registry}/shop/worker:2` },
  ],
  loadBalancerMappings: [
    { containerName: "web", containerPort: 80, targetGroupArn: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/shop/1" },
    {
      containerName: "worker",
      containerPort: 81,
      targetGroupArn: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/work/2",
    },
  ],
  volumes: [
    { name: "tmp", type: "bind" },
    { name: "data", type: "efs", fileSystemId: "fs-0a1b2c3d" },
  ],
};
const facts: NonNullable<ExplainContext["facts"]> = {
  newestTags: { "shop/web": ["1.4.2", "1.4.1"] },
  subnets: [
    { id: "subnet-a", name: "private-a", route: "nat" },
    { id: "subnet-b", name: "private-b", route: "nat" },
    { id: "subnet-c", name: "private-c", route: "none" },
    { id: "subnet-d", name: "not chosen", route: "none" },
  ],
};
const context: ExplainContext = { profile, facts };
const ecrTimeout =
  'There is a connection issue between the task and Amazon ECR. Post "https://api.ecr.eu-west-1.amazonaws.com/": dial tcp 1.2.3.4:443: i/o timeout';

describe("explanations with the user's own values", () => {
  it("names the image, its repository and the newest tags", () => {
    const text = `CannotPullContainerError: pull image manifest has been retried 7 time(s): failed to resolve ref ${registry}/shop/web:1.4.3: ${registry}/shop/web:1.4.3: not found`;
    const explanation = explainText(text, context);
    expect(explanation?.cause).toContain("Image web:1.4.3 isn't in repository shop/web in eu-west-1; the newest tags are 1.4.2, 1.4.1.");
    expect(explanation?.fields).toEqual(["containers[0].image"]);
    expect(explanation?.fix.join("\n")).toContain("--image web=TAG");
    expect(explanation?.fix.join("\n")).not.toContain("Docker Hub");
    const onHub = explainText("failed to resolve ref docker.io/library/nginx:nope: docker.io/library/nginx:nope: not found", context);
    expect(onHub?.fix.join("\n")).toContain("Docker Hub was asked for docker.io/library/nginx:nope");
  });

  it("says which subnets have no way out", () => {
    const explanation = explainText(ecrTimeout, context);
    expect(explanation?.cause).toMatch(
      /^private-c has no route to the internet and no VPC endpoint for ECR; private-a and private-b have\. /,
    );
    expect(explanation?.fields[0]).toBe("network.subnets");
  });

  it("says that a public subnet needs a public address, and counts endpoints", () => {
    const subnets = [
      { id: "subnet-a", name: "public-a", route: "internet" as const },
      { id: "subnet-b", name: "isolated", route: "none" as const, endpoints: ["ecr.api"] },
    ];
    expect(explainText(ecrTimeout, { profile, facts: { subnets } })?.cause).toMatch(
      /^public-a leads to an internet gateway, but Auto-assign public IP is off; isolated has\. /,
    );
    const open = { ...profile, network: { ...profile.network, assignPublicIp: "true" } };
    expect(explainText(ecrTimeout, { profile: open, facts: { subnets } })?.cause).toMatch(/^The task asked ECR's API/);
  });

  it("names the hard limit a container reached", () => {
    const explanation = explainText("OutOfMemoryError: Container killed due to memory usage", {
      ...context,
      container: "web",
      exitCode: 137,
    });
    expect(explanation?.cause).toMatch(/^The container web exited 137: it reached its hard limit of 200 MiB\. /);
    expect(explanation?.fields).toEqual(["containers[0].memory", "taskSize.memory"]);
    const worker = explainText("OutOfMemoryError: Container killed due to memory usage", {
      ...context,
      container: "worker",
      exitCode: 137,
    });
    expect(worker?.cause).not.toContain("hard limit of");
    expect(worker?.cause).toMatch(/^The container worker exited 137: the task's containers together reached its memory of 512 MiB\. /);
    expect(worker?.fields).toEqual(["taskSize.memory", "containers[1].memory"]);
  });

  it("finds the environment variable, the mapping and the volume a message is about", () => {
    const fields = (text: string, container?: string) =>
      explainText(text, container === undefined ? context : { ...context, container })?.fields[0];
    expect(fields("retrieved secret from Secrets Manager did not contain json key password", "web")).toBe(
      "containers[0].environment[1].valueFrom",
    );
    expect(fields("unable to retrieve secrets from ssm: invalid parameters: /shop/token", "web")).toBe(
      "containers[0].environment[2].valueFrom",
    );
    expect(
      fields(
        "The target group with targetGroupArn arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/work/2 does not have an associated load balancer.",
      ),
    ).toBe("loadBalancerMappings[1].targetGroupArn");
    expect(fields("The container web did not have a container port 80 defined.")).toBe("loadBalancerMappings[0].containerPort");
    expect(fields('Failed to resolve "fs-0a1b2c3d.efs.eu-west-1.amazonaws.com"')).toBe("volumes[1].fileSystemId");
  });

  it("ends a path at the list while the row is open, and keeps it as it is without a profile", () => {
    expect(explainText("OutOfMemoryError", context)?.fields).toEqual(["containers", "taskSize.memory"]);
    expect(explainText("OutOfMemoryError")?.fields).toEqual(["containers[].memory", "taskSize.memory"]);
  });

  it("does not fill expressions in", () => {
    const bound = { ...profile, target: { region: "#{Region}", cluster: "production" } };
    expect(explainText("log group does not exist", { profile: bound })?.fix.join(" ")).not.toContain("#{");
  });

  it("leaves nothing of its own notation in a text", () => {
    for (const text of [
      "OutOfMemoryError",
      "Exit code 1",
      ecrTimeout,
      "toomanyrequests",
      "Stack [web] already exists",
      "exec format error",
    ]) {
      for (const given of [{}, context]) {
        const explanation = explainText(text, given);
        expect([explanation?.cause, ...(explanation?.fix ?? [])].join("\n")).not.toMatch(/\[\[|\]\]|\{[a-zA-Z]+\}(?!\})/);
      }
    }
  });

  it("never throws, with any profile", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(ecrTimeout, "OutOfMemoryError", "did not contain json key x", "Exit code 1"),
        fc.jsonValue(),
        fc.string(),
        (text, json, container) => {
          explainText(text, { profile: json as Record<string, unknown>, container });
          explainText(text, {
            profile: { containers: json, network: json, loadBalancerMappings: json, volumes: json, target: json } as Record<
              string,
              unknown
            >,
          });
        },
      ),
    );
  });
});

describe("ecs-wizard explain", () => {
  it("gives one object a line, unknown ones with id null", () => {
    const lines = explainLines(["OutOfMemoryError: container killed due to memory usage", "", "hello there", "Exit code: 139"]);
    expect(lines.map(({ id }) => id)).toEqual(["out-of-memory", null, "exit-139-segfault"]);
    expect(lines[1]).toEqual({ text: "hello there", id: null });
    expect(lines[0]).toMatchObject({
      title: expect.any(String),
      cause: expect.any(String),
      fix: expect.any(Array),
      captures: {},
      rootness: "root",
      docs: expect.any(Array),
    });
  });

  it("takes a wrapped paste as one message, and else line by line", () => {
    const paste =
      "ResourceInitializationError: failed to validate logger args: The task cannot\nfind the Amazon CloudWatch log group defined in the task definition.";
    expect(explainPaste(paste).map(({ id, text }) => [id, text])).toEqual([["logger-args-network", paste]]);
    expect(explainPaste("nothing\nknown")).toEqual([{ text: "nothing\nknown", id: null }]);
  });
});

describe("fill", () => {
  it("fills placeholders in and leaves optional parts out", () => {
    expect(fill("use {image}[[ in {region}]][[, tags {tags}]].", { image: "web", region: "eu-west-1" })).toBe("use web in eu-west-1.");
    expect(fill("--cluster {cluster} {executionRole} {target_group}", {})).toBe("--cluster <cluster> <execution role> <target group>");
    expect(fill("[[a {x}[[ b {y}]]]]c", { x: "1" })).toBe("a 1c");
    expect(fill("[[a {x}[[ b {y}]]]]c", { y: "1" })).toBe("c");
  });

  it("keeps what only looks like its notation", () => {
    expect(fill('{"a":"b"} {{.Architecture}} containers[].image', {})).toBe('{"a":"b"} {{.Architecture}} containers[].image');
  });
});

describe("image names", () => {
  it("are taken apart", () => {
    expect(parseImageName(`${registry}/shop/web:1.4.3`)).toEqual({
      registry,
      repository: "shop/web",
      tag: "1.4.3",
      account: "123456789012",
      region: "eu-west-1",
    });
    expect(parseImageName("nginx")).toEqual({ repository: "nginx" });
    expect(parseImageName("localhost:5000/web@sha256:0a1b2c3d")).toEqual({
      registry: "localhost:5000",
      repository: "web",
      digest: "sha256:0a1b2c3d",
    });
    expect(parseImageName("Not An Image")).toBeUndefined();
    expect(shortImageName({ repository: "shop/web", tag: "1" })).toBe("web:1");
  });
});
