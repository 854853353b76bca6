/** Every permission the program needs, once: what for, on what, and under which condition. */
import {
  allClusters,
  clusters,
  everything,
  executionPolicy,
  linkedRole,
  logGroups,
  logStreams,
  ownLogGroup,
  ownRole,
  passedRoles,
  repositories,
  rollouts,
  services,
  stacks,
  stacksAndPreviews,
  taskDefinitions,
  tasks,
} from "./arns.ts";
import { checkGrants } from "./check-grants.ts";
import type { Condition, Grant } from "./grant.ts";
import type { Scope } from "./scope.ts";

const inCluster = (scope: Scope): Condition => ({ ArnLike: { "ecs:cluster": clusters(scope).join() } });
/** The resources of a grant that is needed only where the scope says so. */
const where =
  (applies: (scope: Scope) => boolean) =>
  (on: Grant["on"]): Grant["on"] =>
  (scope) =>
    applies(scope) ? on(scope) : [];
const whereRoleIsCreated = where(({ createsRole }) => createsRole);
const whereGroupIsCreated = where(({ logGroup }) => logGroup !== undefined);
const whereBalanced = where(({ loadBalanced }) => loadBalanced);

const deploy = ["deploy"] as const;
const follow = ["deploy", "watch"] as const;
const wizard = ["wizard"] as const;

/** The table, in the order of the policy. */
export const grants: readonly Grant[] = [
  {
    sid: "DeployStack",
    needs: deploy,
    calls: [
      "cloudformation:CreateStack",
      "cloudformation:UpdateStack",
      "cloudformation:DeleteStack",
      "cloudformation:CancelUpdateStack",
      "cloudformation:ContinueUpdateRollback",
    ],
    does: ["cloudformation:TagResource", "cloudformation:UntagResource"],
    on: stacks,
  },
  {
    sid: "PreviewStack",
    needs: deploy,
    calls: [
      "cloudformation:CreateChangeSet",
      "cloudformation:DescribeChangeSet",
      "cloudformation:ExecuteChangeSet",
      "cloudformation:DeleteChangeSet",
      "cloudformation:DescribeEvents",
    ],
    on: stacksAndPreviews,
  },
  {
    sid: "DeployService",
    needs: deploy,
    does: [
      "ecs:CreateService",
      "ecs:UpdateService",
      "ecs:DeleteService",
      "ecs:TagResource",
      "ecs:UntagResource",
      "ecs:ListTagsForResource",
    ],
    on: services,
  },
  {
    sid: "RegisterTaskDefinition",
    needs: deploy,
    does: ["ecs:RegisterTaskDefinition", "ecs:TagResource", "ecs:UntagResource", "ecs:ListTagsForResource"],
    on: taskDefinitions,
  },
  { sid: "DeregisterTaskDefinition", needs: deploy, does: ["ecs:DeregisterTaskDefinition"], on: everything },
  { sid: "StopRollout", needs: deploy, calls: ["ecs:StopServiceDeployment"], on: rollouts },
  {
    sid: "PassRolesToTasks",
    needs: deploy,
    does: ["iam:PassRole"],
    on: passedRoles,
    condition: () => ({ StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } }),
  },
  {
    sid: "CreateExecutionRole",
    needs: deploy,
    does: [
      "iam:CreateRole",
      "iam:DeleteRole",
      "iam:GetRole",
      "iam:ListRolePolicies",
      "iam:ListAttachedRolePolicies",
      "iam:TagRole",
      "iam:UntagRole",
    ],
    on: whereRoleIsCreated(ownRole),
  },
  {
    sid: "AttachExecutionPolicy",
    needs: deploy,
    does: ["iam:AttachRolePolicy", "iam:DetachRolePolicy"],
    on: whereRoleIsCreated(ownRole),
    condition: (scope) => ({ ArnEquals: { "iam:PolicyARN": executionPolicy(scope) } }),
  },
  {
    sid: "CreateServiceLinkedRole",
    needs: deploy,
    does: ["iam:CreateServiceLinkedRole"],
    on: linkedRole,
    condition: () => ({ StringEquals: { "iam:AWSServiceName": "ecs.amazonaws.com" } }),
  },
  {
    sid: "CreateLogGroup",
    needs: deploy,
    does: [
      "logs:CreateLogGroup",
      "logs:DeleteLogGroup",
      "logs:PutRetentionPolicy",
      "logs:DeleteRetentionPolicy",
      "logs:ListTagsForResource",
      "logs:GetDataProtectionPolicy",
      "logs:TagResource",
      "logs:UntagResource",
    ],
    on: whereGroupIsCreated(ownLogGroup),
  },
  { sid: "FindLogGroup", needs: deploy, does: ["logs:DescribeLogGroups"], on: whereGroupIsCreated(logGroups) },
  { sid: "FindCluster", needs: ["deploy", "check"], calls: ["ecs:ListClusters"], on: everything },
  { sid: "CheckCluster", needs: ["deploy", "check"], calls: ["ecs:DescribeClusters"], on: allClusters },
  {
    sid: "WatchStack",
    needs: follow,
    calls: [
      "cloudformation:DescribeStacks",
      "cloudformation:DescribeStackEvents",
      "cloudformation:ListStackResources",
      "cloudformation:GetTemplate",
    ],
    on: stacks,
  },
  {
    sid: "WatchService",
    needs: follow,
    calls: ["ecs:DescribeServices", "ecs:ListServiceDeployments", "ecs:DescribeServiceDeployments"],
    on: (scope) => [...services(scope), ...rollouts(scope)],
  },
  { sid: "WatchTasks", needs: follow, calls: ["ecs:DescribeTasks"], on: tasks },
  { sid: "ListTasks", needs: follow, calls: ["ecs:ListTasks"], on: everything, condition: inCluster },
  { sid: "ReadTaskDefinition", needs: follow, calls: ["ecs:DescribeTaskDefinition"], on: everything },
  { sid: "WatchTargets", needs: follow, calls: ["elasticloadbalancing:DescribeTargetHealth"], on: whereBalanced(everything) },
  { sid: "ReadLogs", needs: follow, calls: ["logs:GetLogEvents"], on: logStreams },
  {
    sid: "ExplainFailures",
    needs: follow,
    calls: ["ec2:DescribeSubnets", "ec2:DescribeRouteTables", "ec2:DescribeVpcEndpoints", "iam:ListAccountAliases"],
    on: everything,
  },
  {
    sid: "FindImages",
    needs: follow,
    calls: ["ecr:DescribeImages", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
    on: repositories,
  },
  { sid: "FindDeployments", needs: ["watch", "wizard"], calls: ["cloudformation:ListStacks"], on: everything },
  {
    sid: "OptionalPickers",
    needs: wizard,
    calls: [
      "ec2:DescribeRegions",
      "ec2:DescribeRouteTables",
      "ec2:DescribeSecurityGroups",
      "ec2:DescribeSubnets",
      "ec2:DescribeVpcEndpoints",
      "ec2:DescribeVpcs",
      "ecr:BatchGetImage",
      "ecr:DescribeImages",
      "ecr:DescribeRepositories",
      "ecr:GetDownloadUrlForLayer",
      "ecs:DescribeClusters",
      "ecs:DescribeServices",
      "ecs:DescribeTaskDefinition",
      "ecs:ListClusters",
      "ecs:ListServices",
      "elasticfilesystem:DescribeAccessPoints",
      "elasticfilesystem:DescribeFileSystems",
      "elasticfilesystem:DescribeMountTargets",
      "elasticloadbalancing:DescribeTargetGroups",
      "elasticloadbalancing:DescribeTargetHealth",
      "iam:ListAccountAliases",
      "iam:ListRoles",
      "logs:DescribeLogGroups",
      "secretsmanager:ListSecrets",
      "ssm:DescribeParameters",
    ],
    on: everything,
  },
  ...checkGrants,
];
