/** Amazon Resource Names: reading them, and the checks of fields that hold one. */
import type { FieldScope, Finding } from "../schema.ts";
import { knownText, listed } from "./text.ts";

/** The parts of `arn:partition:service:region:account:resource`. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
}

/** Reads an ARN; undefined when the text is none. */
export function parseArn(text: string): Arn | undefined {
  const match = /^arn:(aws[a-z-]*):([a-z0-9-]+):([a-z0-9-]*):(\d{12}|aws|):(.+)$/.exec(text);
  if (!match) return undefined;
  const [, partition = "", service = "", region = "", account = "", resource = ""] = match;
  return { partition, service, region, account, resource };
}

/** The partition a region belongs to, as in https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html */
export function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  if (region.startsWith("us-gov-")) return "aws-us-gov";
  if (region.startsWith("us-iso-")) return "aws-iso";
  if (region.startsWith("us-isob-")) return "aws-iso-b";
  if (region.startsWith("eusc-")) return "aws-eusc";
  return "aws";
}

function targetRegion(scope: FieldScope): string | undefined {
  return knownText((scope.step["target"] as Record<string, unknown> | undefined)?.["region"]);
}

/** What an ARN field accepts. */
export interface ArnKind {
  /** In words with article: `a secret`. */
  readonly what: string;
  /** The services whose ARNs fit, e.g. `secretsmanager`. */
  readonly services: readonly string[];
  /** What the resource part must look like. */
  readonly resource?: RegExp;
  readonly example: string;
  /** Names are accepted as well, matching this. */
  readonly orName?: RegExp;
  readonly rule: string;
}

/** The check of a field that holds an ARN: its form, its service, and that it belongs to the target's region and partition. */
export function arnCheck(kind: ArnKind): (value: string, scope: FieldScope) => Finding | undefined {
  return (value, scope) => {
    const arn = parseArn(value);
    if (!arn) {
      if (kind.orName?.test(value)) return undefined;
      return {
        rule: kind.rule,
        message: `"${value}" is not the ARN of ${kind.what}${kind.orName ? ", nor a name" : ""}.`,
        hint: `Give the whole ARN, such as ${kind.example}.`,
      };
    }
    if (!kind.services.includes(arn.service) || (kind.resource && !kind.resource.test(arn.resource))) {
      return {
        rule: kind.rule,
        message: `"${value}" is an ARN of ${arn.service}, but not of ${kind.what}.`,
        hint: `Give an ARN such as ${kind.example}.`,
      };
    }
    const region = targetRegion(scope);
    if (region === undefined) return undefined;
    if (arn.partition !== partitionOf(region)) {
      return {
        rule: "arn-partition",
        message: `"${value}" belongs to the partition ${arn.partition}, but the target region ${region} is in ${partitionOf(region)}.`,
        hint: `Partitions are separate worlds: choose ${kind.what} of ${partitionOf(region)}, or another target region.`,
      };
    }
    if (arn.region !== "" && arn.region !== region) {
      return {
        rule: "arn-region",
        message: `"${value}" is in ${arn.region}, but the target region is ${region}.`,
        hint: `Choose ${kind.what} in ${region}, or change target.region to ${arn.region}.`,
      };
    }
    return undefined;
  };
}

const secretParameter = { what: "a secret or parameter", services: ["secretsmanager", "ssm"] } as const;

/** A Secrets Manager secret or Systems Manager parameter whose value goes into a container. */
export const secretOrParameterArn = arnCheck({
  ...secretParameter,
  resource: /^(secret:|parameter\/)/,
  example: `${listed(["arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf", "arn:aws:ssm:eu-west-1:123456789012:parameter/db"], "or")}`,
  rule: "secret-arn",
});

/** A Secrets Manager secret. */
export const secretArn = arnCheck({
  what: "a secret",
  services: ["secretsmanager"],
  resource: /^secret:/,
  example: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:registry-AbCdEf",
  rule: "secret-arn",
});

/** An IAM role, by ARN only. */
export const roleArn = arnCheck({
  what: "an IAM role",
  services: ["iam"],
  resource: /^role\//,
  example: "arn:aws:iam::123456789012:role/ecsTaskExecutionRole",
  rule: "role-arn",
});

/** An IAM role, by name or ARN. */
export const roleNameOrArn = arnCheck({
  what: "an IAM role",
  services: ["iam"],
  resource: /^role\//,
  example: "arn:aws:iam::123456789012:role/shop-task, or the role's name",
  orName: /^[\w+=,.@-]{1,64}$/,
  rule: "role-arn",
});

/** An ECS cluster, by name or ARN. */
export const clusterNameOrArn = arnCheck({
  what: "an ECS cluster",
  services: ["ecs"],
  resource: /^cluster\//,
  example: "arn:aws:ecs:eu-west-1:123456789012:cluster/production, or the cluster's name",
  orName: /^[\w-]{1,255}$/,
  rule: "cluster-name",
});

/** A target group of Elastic Load Balancing. */
export const targetGroupArn = arnCheck({
  what: "a target group",
  services: ["elasticloadbalancing"],
  resource: /^targetgroup\//,
  example: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/shop/0123456789abcdef",
  rule: "target-group-arn",
});

/** An S3 object holding the configuration of a FireLens router. */
export const routerFileArn = arnCheck({
  what: "an S3 object",
  services: ["s3"],
  resource: /^[^/]+\/.+/,
  example: "arn:aws:s3:::my-bucket/shop/extra.conf",
  rule: "firelens-config-file",
});

/** An S3 object holding environment variables: its name must end in `.env`. */
export const environmentFileArn = arnCheck({
  what: "an S3 object ending in .env",
  services: ["s3"],
  resource: /^[^/]+\/.*\.env$/,
  example: "arn:aws:s3:::my-bucket/shop/production.env",
  rule: "environment-file",
});
