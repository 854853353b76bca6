import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { catalogue } from "../../../src/engine/diagnosis/catalogue/index.ts";
import { classify } from "../../../src/engine/diagnosis/classify.ts";
import { compile } from "../../../src/engine/diagnosis/pattern.ts";
import { readings } from "../../../src/engine/diagnosis/readings.ts";
import { mutilations, surroundings } from "./mutilations.ts";

interface Sample {
  readonly id: string;
  readonly class: string;
  readonly message: string;
}

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), "utf8").trim();
const load = (name: string): Sample[] =>
  read(name)
    .split("\n")
    .map((line) => JSON.parse(line) as Sample);
const samples = [...load("messages.jsonl"), ...load("more-messages.jsonl")];

const wrong = (change: (text: string) => string) =>
  samples.flatMap((sample) => {
    const found = classify(change(sample.message))?.id ?? "unknown";
    return found === sample.class ? [] : [`${sample.id}: ${found} for ${sample.class}`];
  });

describe("classify", () => {
  it.each(Object.entries(mutilations))("recognises every message %s", (_, change) => {
    expect(wrong(change)).toEqual([]);
  });

  it.each(Object.entries(surroundings))("recognises every message %s", (_, change) => {
    expect(wrong(change).filter((line) => !/^(?:m566|w229): unknown/.test(line))).toEqual([]);
  });

  it("recognises messages cut at 255 characters while the essential is inside", () => {
    // What tells these classes apart stands behind the 255th character; the general class of the family is then right.
    const general: Record<string, string> = {
      m039: "pull-network-timeout",
      m040: "pull-generic",
      m061: "pull-generic",
      m062: "pull-generic",
      m085: "secret-fetch-generic",
      m088: "secret-fetch-generic",
      m097: "secret-fetch-generic",
      m424: "stack-rollback-complete",
    };
    const cut = (text: string) => text.slice(0, 255);
    const others = wrong(cut).filter((line) => !line.startsWith("w"));
    expect(others).toEqual(
      Object.entries(general).map(([id, found]) => `${id}: ${found} for ${samples.find((sample) => sample.id === id)?.class}`),
    );
  });

  it("gives a message that was cut anywhere its own class or a more general one, never another of the family", () => {
    // Per class: what may stand for it where the decisive words are lost.
    const general: Record<string, readonly string[]> = {
      "pull-rate-limit": ["pull-layer-status"],
      "pull-layer-network": ["pull-network-timeout", "pull-generic"],
      "pull-image-not-found": ["pull-generic"],
      "secret-json-key-missing": ["secret-fetch-generic"],
      "secret-access-denied": ["secret-fetch-generic"],
      "secret-fetch-network": ["secret-fetch-generic"],
      "efs-root-dir-missing": ["efs-mount-generic"],
      "command-not-found": ["oci-runtime-create-failed"],
      "event-unhealthy-elb-code": ["event-unhealthy-elb"],
      "resource-exists-in-stack": ["stack-rollback-complete"],
      "target-group-type-mismatch": ["service-parameter-invalid"],
      "iam-explicit-deny-scp": ["iam-not-authorized"],
      "stack-rollback-complete": ["unknown"],
    };
    const given = samples.filter(({ id }) => id.startsWith("m"));
    const contradicted = [200, 240, 256, 400, 500, 1000].flatMap((length) =>
      ["", "…", "..."].flatMap((end) =>
        given
          .filter(({ message }) => message.length > length)
          .map((sample) => ({ sample, found: classify(sample.message.slice(0, length) + end)?.id ?? "unknown" }))
          .filter(({ sample, found }) => found !== sample.class && !general[sample.class]?.includes(found))
          .map(({ sample, found }) => `${sample.id} at ${length}${end}: ${found} for ${sample.class}`),
      ),
    );
    expect(contradicted).toEqual([]);
  });

  it.each([
    [
      "secret-fetch-network",
      "unable to pull secrets or registry auth: unable to retrieve secret from asm: There is a connection issue between the task and AWS",
    ],
    ["secret-not-found", "unable to retrieve secret from asm: service call has been retried 5 time(s): ResourceNotFound"],
    [
      "target-group-no-lb",
      "The target group with targetGroupArn arn:aws:elasticloadbalancing:a:1:targetgroup/x/3 does not have an associated load balan",
    ],
    [
      "target-group-type-mismatch",
      "The provided target group arn:aws:elasticloadbalancing:a:1:targetgroup/x/7 has target type instance, which is in",
    ],
    ["iam-explicit-deny-scp", "not authorized to perform: ecs:CreateService on resource: * with an explicit deny in a service control p"],
    ["iam-policy-not-found", "NoSuchEntity: Policy arn:aws:iam::aws:policy/service-role/ConfigRole does"],
    ["stack-rollback-complete", "Stack:arn:aws:cloudformation:a:1:stack/s/8 is in ROLLBACK_C"],
    [
      "log-driver-init-failed",
      "failed to initialize logging driver: CredentialsEndpointError: failed to load credentials caused by: RequestError: send request failed caused by:",
    ],
    ["service-unavailable", "An error occurred (Unknown) when calling the DescribeClusters operation: Unknown"],
    ["scaling-activity", "StoppedCode:Service\nSchedulerInitiated"],
  ])("recognises %s by what is left of a message", (id, text) => {
    expect(classify(text)?.id).toBe(id);
  });

  it("leaves ordinary lines and unfamiliar failures unknown", () => {
    const guessed = read("ordinary-lines.txt")
      .split("\n")
      .flatMap((line) => (classify(line) ? [`${classify(line)?.id}: ${line}`] : []));
    expect(guessed).toEqual([]);
  });

  it("never throws, on any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => {
        classify(text);
      }),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(fc.constantFrom(...samples), fc.string({ maxLength: 60 }), fc.nat(300), (sample, noise, at) => {
        classify(sample.message.slice(0, at) + noise + sample.message.slice(at));
        classify(noise + sample.message.slice(at));
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ["x", "x".repeat(1_000_000)],
    ["blanks", " ".repeat(1_000_000)],
    ["escapes", "\\".repeat(1_000_000)],
    ["brackets", "[".repeat(1_000_000)],
    ["lines", "a\n".repeat(500_000)],
    ["words", "error: the role cannot ".repeat(45_000)],
    ["starts of expressions", "CannotPullContainerError: failed to resolve ref ".repeat(20_000)],
    ["escape sequences", "\u001b]".repeat(500_000)],
  ])("reads a megabyte of %s in linear time", (_, text) => {
    const start = performance.now();
    classify(text);
    expect(performance.now() - start).toBeLessThan(4_000);
  });

  it("finds the essential in the middle of a megabyte", () => {
    const noise = "ordinary line of a long log\n".repeat(20_000);
    expect(classify(`${noise}OutOfMemoryError: Container killed due to memory usage\n${noise}`)?.id).toBe("out-of-memory");
  });

  it("never skips an expression because of its needle", { timeout: 30_000 }, () => {
    const patterns = catalogue.flatMap((cause) => cause.match.flatMap(compile).map((pattern) => ({ id: cause.id, pattern })));
    const skipped = samples.flatMap((sample) =>
      readings(sample.message).flatMap(({ spaced, packed }) => {
        const haystack = packed.toLowerCase();
        return patterns
          .filter(({ pattern }) => !haystack.includes(pattern.needle) && (pattern.spaced().test(spaced) || pattern.packed().test(packed)))
          .map(({ id, pattern }) => `${id}: ${pattern.needle} not in ${sample.id}`);
      }),
    );
    expect(skipped).toEqual([]);
  });
});

describe("captures", () => {
  const captures = (text: string) => classify(text)?.captures;

  it("names the values of a message", () => {
    expect(captures("Security group sg-07cb and subnet subnet-2c6b belong to different networks.")).toEqual({
      group: "sg-07cb",
      subnet: "subnet-2c6b",
    });
    expect(captures("The container web did not have a container port 80 defined.")).toEqual({ container: "web", port: "80" });
    expect(
      captures(
        "failed to resolve ref 123.dkr.ecr.eu-west-1.amazonaws.com/shop/web:1.4.3: 123.dkr.ecr.eu-west-1.amazonaws.com/shop/web:1.4.3: not found",
      ),
    ).toEqual({
      image: "123.dkr.ecr.eu-west-1.amazonaws.com/shop/web:1.4.3",
    });
    expect(captures("Stack [web] already exists")).toEqual({ stack: "web" });
    expect(captures("image Manifest does not contain descriptor matching platform 'linux/amd64'")).toEqual({ platform: "linux/amd64" });
  });

  it("names them also where the lines were broken between words", () => {
    expect(captures("Resource of type 'AWS::Logs::LogGroup' with identifier\n'/bedrock/logs' already exists")).toEqual({
      type: "AWS::Logs::LogGroup",
      name: "/bedrock/logs",
    });
  });

  it("puts ARNs together that a terminal broke", () => {
    const arn = "arn:aws:elasticloadbalancing:eu-central-1:568028475839:targetgroup/ContainerlessServiceHello1Target/c69cf03845e88f3a";
    const wrapped =
      `The target group with targetGroupArn ${arn} does not have an associated load balancer.`.match(/.{1,72}/g)?.join("\n") ?? "";
    expect(wrapped).toContain("\n");
    expect(captures(wrapped)).toEqual({ target_group: arn });
  });
});
