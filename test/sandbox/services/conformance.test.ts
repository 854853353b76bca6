import { Readable } from "node:stream";
import * as cloudFormation from "@aws-sdk/client-cloudformation";
import * as logs from "@aws-sdk/client-cloudwatch-logs";
import * as ec2 from "@aws-sdk/client-ec2";
import * as ecr from "@aws-sdk/client-ecr";
import * as ecs from "@aws-sdk/client-ecs";
import * as efs from "@aws-sdk/client-efs";
import * as elb from "@aws-sdk/client-elastic-load-balancing-v2";
import * as iam from "@aws-sdk/client-iam";
import * as secrets from "@aws-sdk/client-secrets-manager";
import * as quotas from "@aws-sdk/client-service-quotas";
import * as ssm from "@aws-sdk/client-ssm";
import * as sts from "@aws-sdk/client-sts";
import { describe, expect, it } from "vitest";
import { targetGroupArn } from "../../../src/sandbox/data/balancers.ts";
import type { Sandbox } from "../../../src/sandbox/index.ts";
import { clientOptions, start } from "../support/sandbox.ts";

/** The parts of the SDK's clients these tests use; every client has them. */
interface AnyClient {
  send(command: never): Promise<object>;
  readonly middlewareStack: { add(middleware: unknown, options: { step: "deserialize"; priority: "low" }): void };
}

/** Every text, number, truth value and date in an answer, empty texts left out. */
const leaves = (value: unknown): number => {
  if (value === undefined || value === null || value === "") return 0;
  if (typeof value !== "object" || value instanceof Date) return 1;
  return Object.values(value).reduce((sum: number, each) => sum + leaves(each), 0);
};

/** Elements that hold a text, without those of the envelope. */
const leavesOfXml = (xml: string): number => xml.replace(/<(RequestId|requestId)>[^<]*</g, "<").match(/>[^<]*[^<\s][^<]*</g)?.length ?? 0;

/** What came over the wire, and what the SDK made of it. */
const exchange = async (client: AnyClient, command: unknown): Promise<{ sent: number; understood: number }> => {
  let body = "";
  const keep = (next: (args: unknown) => Promise<{ response: { body: AsyncIterable<Buffer> } }>) => async (args: unknown) => {
    const result = await next(args);
    const chunks: Buffer[] = [];
    for await (const chunk of result.response.body) chunks.push(chunk);
    body = Buffer.concat(chunks).toString("utf8");
    result.response.body = Readable.from([Buffer.from(body)]);
    return result;
  };
  client.middlewareStack.add(keep, { step: "deserialize", priority: "low" });
  const { $metadata: _, ...output } = (await client.send(command as never)) as { $metadata?: unknown };
  return { sent: body.startsWith("<") ? leavesOfXml(body) : leaves(JSON.parse(body)), understood: leaves(output) };
};

const stack = { StackName: "cf-ecs-production-servicecheckout-default-untenanted" };
const role = { RoleName: "ecsTaskExecutionRole" };
const policy = { PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" };
const group = { TargetGroupArn: targetGroupArn("checkout-tg") };
const cluster = { cluster: "production" };

const asked: readonly (readonly [create: (sandbox: Sandbox) => unknown, commands: readonly object[]])[] = [
  [
    (sandbox) => new cloudFormation.CloudFormationClient(clientOptions(sandbox)),
    [
      new cloudFormation.DescribeStacksCommand({}),
      new cloudFormation.DescribeStackEventsCommand(stack),
      new cloudFormation.DescribeEventsCommand(stack),
      new cloudFormation.DescribeStackResourcesCommand(stack),
      new cloudFormation.ListStackResourcesCommand(stack),
      new cloudFormation.ListStacksCommand({}),
      new cloudFormation.GetTemplateCommand(stack),
      new cloudFormation.GetTemplateSummaryCommand(stack),
    ],
  ],
  [
    (sandbox) => new ecs.ECSClient(clientOptions(sandbox)),
    [
      new ecs.DescribeClustersCommand({ clusters: ["production", "none"], include: ["SETTINGS", "STATISTICS", "CONFIGURATIONS", "TAGS"] }),
      new ecs.DescribeServicesCommand({ ...cluster, services: ["checkout", "search", "none"], include: ["TAGS"] }),
      new ecs.ListTasksCommand(cluster),
      new ecs.DescribeTaskDefinitionCommand({ taskDefinition: "search", include: ["TAGS"] }),
      new ecs.ListServiceDeploymentsCommand({ ...cluster, service: "checkout" }),
    ],
  ],
  [
    (sandbox) => new ec2.EC2Client(clientOptions(sandbox)),
    [
      new ec2.DescribeRegionsCommand({}),
      new ec2.DescribeAvailabilityZonesCommand({}),
      new ec2.DescribeVpcsCommand({}),
      new ec2.DescribeSubnetsCommand({}),
      new ec2.DescribeSecurityGroupsCommand({}),
      new ec2.DescribeSecurityGroupRulesCommand({}),
      new ec2.DescribeRouteTablesCommand({}),
      new ec2.DescribeNatGatewaysCommand({}),
      new ec2.DescribeInternetGatewaysCommand({}),
      new ec2.DescribeVpcEndpointsCommand({}),
      new ec2.DescribeNetworkInterfacesCommand({}),
    ],
  ],
  [
    (sandbox) => new iam.IAMClient(clientOptions(sandbox)),
    [
      new iam.ListRolesCommand({}),
      new iam.GetRoleCommand(role),
      new iam.ListAttachedRolePoliciesCommand(role),
      new iam.GetPolicyCommand(policy),
      new iam.GetPolicyVersionCommand({ ...policy, VersionId: "v1" }),
      new iam.SimulatePrincipalPolicyCommand({ PolicySourceArn: "arn:aws:iam::123456789012:role/Developer", ActionNames: ["ecs:RunTask"] }),
    ],
  ],
  [(sandbox) => new sts.STSClient(clientOptions(sandbox)), [new sts.GetCallerIdentityCommand({})]],
  [
    (sandbox) => new elb.ElasticLoadBalancingV2Client(clientOptions(sandbox)),
    [
      new elb.DescribeLoadBalancersCommand({}),
      new elb.DescribeTargetGroupsCommand({}),
      new elb.DescribeTargetHealthCommand(group),
      new elb.DescribeTargetGroupAttributesCommand(group),
    ],
  ],
  [
    (sandbox) => new ecr.ECRClient(clientOptions(sandbox)),
    [
      new ecr.DescribeRepositoriesCommand({}),
      new ecr.DescribeImagesCommand({ repositoryName: "shop/api" }),
      new ecr.GetAuthorizationTokenCommand({}),
    ],
  ],
  [
    (sandbox) => new logs.CloudWatchLogsClient(clientOptions(sandbox)),
    [
      new logs.DescribeLogGroupsCommand({}),
      new logs.DescribeLogStreamsCommand({ logGroupName: "/ecs/checkout" }),
      new logs.FilterLogEventsCommand({ logGroupName: "/ecs/checkout" }),
    ],
  ],
  [
    (sandbox) => new secrets.SecretsManagerClient(clientOptions(sandbox)),
    [new secrets.ListSecretsCommand({}), new secrets.DescribeSecretCommand({ SecretId: "shop/db" })],
  ],
  [
    (sandbox) => new ssm.SSMClient(clientOptions(sandbox)),
    [new ssm.DescribeParametersCommand({}), new ssm.GetParametersCommand({ Names: ["/shop/staging/log-level"] })],
  ],
  [
    (sandbox) => new efs.EFSClient(clientOptions(sandbox)),
    [new efs.DescribeFileSystemsCommand({}), new efs.DescribeAccessPointsCommand({})],
  ],
  [(sandbox) => new quotas.ServiceQuotasClient(clientOptions(sandbox)), [new quotas.ListServiceQuotasCommand({ ServiceCode: "fargate" })]],
];

describe("the SDK understands everything the sandbox says", () => {
  const cases = asked.flatMap(([create, commands]) => commands.map((command) => [command.constructor.name, create, command] as const));
  it.each(cases)("%s", async (_, create, command) => {
    const { sent, understood } = await exchange(create(await start()) as AnyClient, command);
    expect(sent).toBeGreaterThan(0);
    expect(understood).toBe(sent);
  });
});
