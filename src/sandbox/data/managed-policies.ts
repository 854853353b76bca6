import type { ManagedPolicy, Statement } from "../iam/state.ts";
import { iamId } from "../ids.ts";

const allow = (Action: string | string[], Resource: string | string[] = "*"): Statement => ({ Effect: "Allow", Action, Resource });

/** AWS's managed policies that deployments meet: path and name → what they allow. */
const documents: Readonly<Record<string, readonly Statement[]>> = {
  "/AdministratorAccess": [allow("*")],
  "/PowerUserAccess": [
    { Effect: "Allow", NotAction: ["iam:*", "organizations:*", "account:*"], Resource: "*" },
    allow(["iam:CreateServiceLinkedRole", "iam:DeleteServiceLinkedRole", "iam:ListRoles", "organizations:DescribeOrganization"]),
  ],
  "/AmazonECS_FullAccess": [allow(["ecs:*", "ec2:Describe*", "elasticloadbalancing:*", "cloudformation:*", "logs:*", "iam:ListRoles"])],
  "/service-role/AmazonECSTaskExecutionRolePolicy": [
    allow([
      "ecr:GetAuthorizationToken",
      "ecr:BatchCheckLayerAvailability",
      "ecr:GetDownloadUrlForLayer",
      "ecr:BatchGetImage",
      "logs:CreateLogStream",
      "logs:PutLogEvents",
    ]),
  ],
  "/service-role/AmazonEC2ContainerServiceforEC2Role": [
    allow([
      "ec2:DescribeTags",
      "ecs:CreateCluster",
      "ecs:DiscoverPollEndpoint",
      "ecs:Poll",
      "ecs:RegisterContainerInstance",
      "ecs:StartTelemetrySession",
      "ecs:Submit*",
      "ecr:GetAuthorizationToken",
      "ecr:BatchGetImage",
      "logs:CreateLogStream",
      "logs:PutLogEvents",
    ]),
  ],
  "/service-role/AWSLambdaBasicExecutionRole": [allow(["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"])],
  "/aws-service-role/AmazonECSServiceRolePolicy": [
    allow([
      "ec2:AttachNetworkInterface",
      "ec2:CreateNetworkInterface",
      "ec2:DeleteNetworkInterface",
      "elasticloadbalancing:RegisterTargets",
      "elasticloadbalancing:DeregisterTargets",
      "elasticloadbalancing:Describe*",
    ]),
  ],
  "/AmazonS3ReadOnlyAccess": [allow(["s3:Get*", "s3:List*"])],
  "/AmazonSSMReadOnlyAccess": [allow(["ssm:Describe*", "ssm:Get*", "ssm:List*"])],
  "/SecretsManagerReadWrite": [allow("secretsmanager:*")],
  "/CloudWatchLogsFullAccess": [allow("logs:*")],
  "/AmazonElasticFileSystemClientReadWriteAccess": [
    allow(["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite", "elasticfilesystem:DescribeMountTargets"]),
  ],
};

const since = Date.UTC(2018, 0, 1);

/** The ARN of an AWS managed policy by name. */
export const managedArn = (name: string): string => {
  const path = Object.keys(documents).find((each) => each.endsWith(`/${name}`)) ?? `/${name}`;
  return `arn:aws:iam::aws:policy${path}`;
};

/** AWS's managed policies by ARN. */
export const managedPolicies = (): Record<string, ManagedPolicy> =>
  Object.fromEntries(
    Object.entries(documents).map(([place, statements]) => {
      const name = place.slice(place.lastIndexOf("/") + 1);
      const arn = `arn:aws:iam::aws:policy${place}`;
      const document = JSON.stringify({ Version: "2012-10-17", Statement: statements });
      const policy: ManagedPolicy = {
        name,
        id: iamId("ANPA", name),
        arn,
        path: place.slice(0, place.lastIndexOf("/") + 1),
        createdAt: since,
        updatedAt: since,
        versions: { v1: { document, createdAt: since } },
        defaultVersion: "v1",
        tags: {},
      };
      return [arn, policy];
    }),
  );
