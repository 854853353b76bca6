import { serviceLinkedRole } from "../iam/service-linked.ts";
import type { IamState, PolicyDocument, Role, Statement } from "../iam/state.ts";
import { iamId } from "../ids.ts";
import { managedArn } from "./managed-policies.ts";
import { accountId, ago } from "./names.ts";

interface RoleSpec {
  readonly name: string;
  readonly path?: string;
  readonly description?: string;
  /** Service that may assume it; a name without a dot is the account itself. */
  readonly trusts: string;
  readonly managed?: readonly string[];
  readonly inline?: Readonly<Record<string, readonly Statement[]>>;
  readonly tags?: Readonly<Record<string, string>>;
}

const allow = (Action: string[], Resource: string | string[]): Statement => ({ Effect: "Allow", Action, Resource });
const secrets = `arn:aws:secretsmanager:eu-west-1:${accountId}:secret`;
const parameters = `arn:aws:ssm:eu-west-1:${accountId}:parameter`;

const specs: readonly RoleSpec[] = [
  {
    name: "ecsTaskExecutionRole",
    description: "Pulls images, writes logs and reads the shop's secrets",
    trusts: "ecs-tasks.amazonaws.com",
    managed: ["AmazonECSTaskExecutionRolePolicy"],
    inline: {
      "read-shop-secrets": [
        allow(["secretsmanager:GetSecretValue"], [`${secrets}:shop/*`, `${secrets}:registry/*`]),
        allow(["ssm:GetParameters"], `${parameters}/shop/*`),
      ],
      "read-shop-settings": [
        allow(["s3:GetObject"], "arn:aws:s3:::acme-settings/shop/*"),
        allow(["s3:GetBucketLocation"], "arn:aws:s3:::acme-settings"),
      ],
    },
    tags: { team: "platform" },
  },
  {
    name: "ecsTaskExecutionRoleBasic",
    description: "Pulls images and writes logs, nothing more",
    trusts: "ecs-tasks.amazonaws.com",
    managed: ["AmazonECSTaskExecutionRolePolicy"],
  },
  {
    name: "ecsTaskExecutionRoleShop",
    description: "Pulls images, writes logs and reads the database's secret",
    trusts: "ecs-tasks.amazonaws.com",
    managed: ["AmazonECSTaskExecutionRolePolicy"],
    inline: { "read-database-secret": [allow(["secretsmanager:GetSecretValue"], `${secrets}:shop/db-*`)] },
    tags: { team: "shop" },
  },
  {
    name: "shop-task",
    description: "What the shop's containers may do",
    trusts: "ecs-tasks.amazonaws.com",
    inline: {
      media: [
        allow(["s3:GetObject", "s3:PutObject"], "arn:aws:s3:::acme-shop-media/*"),
        allow(["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"], "*"),
      ],
      exec: [
        allow(
          [
            "ssmmessages:CreateControlChannel",
            "ssmmessages:CreateDataChannel",
            "ssmmessages:OpenControlChannel",
            "ssmmessages:OpenDataChannel",
          ],
          "*",
        ),
      ],
    },
    tags: { team: "shop" },
  },
  {
    name: "shop-worker-task",
    trusts: "ecs-tasks.amazonaws.com",
    inline: {
      queue: [allow(["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"], `arn:aws:sqs:eu-west-1:${accountId}:orders`)],
    },
    tags: { team: "shop" },
  },
  {
    name: "reports-task",
    path: "/analytics/",
    trusts: "ecs-tasks.amazonaws.com",
    managed: ["AmazonS3ReadOnlyAccess"],
    tags: { team: "analytics" },
  },
  { name: "ecsInstanceRole", trusts: "ec2.amazonaws.com", managed: ["AmazonEC2ContainerServiceforEC2Role"] },
  { name: "resize-images-lambda", path: "/service-role/", trusts: "lambda.amazonaws.com", managed: ["AWSLambdaBasicExecutionRole"] },
  { name: "Developer", description: "Who works with this account", trusts: accountId, managed: ["AdministratorAccess"] },
  { name: "ReadOnly", trusts: accountId, managed: ["AmazonSSMReadOnlyAccess"] },
  { name: "deploy-pipeline", description: "The pipeline's role", trusts: accountId, managed: ["PowerUserAccess"] },
];

const trust = (who: string): PolicyDocument => ({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: who.includes(".") ? { Service: who } : { AWS: `arn:aws:iam::${who}:root` },
      Action: "sts:AssumeRole",
    },
  ],
});

const roleOf = (spec: RoleSpec, now: number): Role => ({
  name: spec.name,
  path: spec.path ?? "/",
  id: iamId("AROA", spec.name),
  arn: `arn:aws:iam::${accountId}:role${spec.path ?? "/"}${spec.name}`,
  createdAt: ago(now, 420, "d"),
  trust: trust(spec.trusts),
  ...(spec.description ? { description: spec.description } : {}),
  maxSessionSeconds: spec.trusts.includes(".") ? 3600 : 43200,
  inlinePolicies: Object.fromEntries(
    Object.entries(spec.inline ?? {}).map(([name, statements]) => [name, JSON.stringify({ Version: "2012-10-17", Statement: statements })]),
  ),
  attachedPolicies: (spec.managed ?? []).map(managedArn),
  tags: { ...spec.tags },
  lastUsedAt: ago(now, 3, "h"),
  lastUsedRegion: "eu-west-1",
});

/** Puts the account's roles into IAM, the service-linked ones of services it used included. */
export const putRoles = (iam: IamState, now: number): void => {
  for (const spec of specs) iam.roles[spec.name] = roleOf(spec, now);
  for (const service of ["ecs", "elasticloadbalancing", "ecs.application-autoscaling", "elasticfilesystem"]) {
    const role = serviceLinkedRole(`${service}.amazonaws.com`, accountId, ago(now, 420, "d"));
    if (role) iam.roles[role.name] = role;
  }
};

/** The role of whoever calls, which is all a new account has. */
export const putCaller = (iam: IamState, now: number): void => {
  const spec = specs.find(({ name }) => name === "Developer");
  if (spec) iam.roles[spec.name] = roleOf(spec, now);
};
