/** The ARNs that a policy names, made of what is known of a deployment. */
import type { Scope } from "./scope.ts";

const arn = ({ partition, region, account }: Scope, service: string, resource: string): string =>
  `arn:${partition}:${service}:${region}:${account}:${resource}`;

/** The start of the name that CloudFormation makes up for a resource of the stack; it cuts a long one to the `room` it has for it. */
const madeUp = (stack: string, room: number): string => (stack.length <= room || stack.endsWith("*") ? stack : `${stack.slice(0, room)}*`);

/** The stack; its id's last part is never known before. */
export const stacks = (scope: Scope): string[] => [arn(scope, "cloudformation", `stack/${scope.stack}/*`)];

/** The stack and the change sets of previews, which CloudFormation names where their stack is gone. */
export const stacksAndPreviews = (scope: Scope): string[] => [...stacks(scope), arn(scope, "cloudformation", "changeSet/ecsw-*/*")];

/** The cluster. */
export const clusters = (scope: Scope): string[] => [arn(scope, "ecs", `cluster/${scope.cluster}`)];

/** Every cluster of the region: they are looked at together. */
export const allClusters = (scope: Scope): string[] => clusters({ ...scope, cluster: "*" });

// A service's name has 255 characters, and at least half of what the random end leaves is the stack's.
const serviceName = ({ stack }: Scope): string => (stack.endsWith("*") ? stack : `${madeUp(stack, 120)}-*`);

/** The service, whose name CloudFormation makes of the stack's. */
export const services = (scope: Scope): string[] => [arn(scope, "ecs", `service/${scope.cluster}/${serviceName(scope)}`)];

/** The rollouts of the service. */
export const rollouts = (scope: Scope): string[] => [arn(scope, "ecs", `service-deployment/${scope.cluster}/${serviceName(scope)}/*`)];

/** The tasks of the cluster; their ids are random. */
export const tasks = (scope: Scope): string[] => [arn(scope, "ecs", `task/${scope.cluster}/*`)];

/** The task definition with all its revisions. */
export const taskDefinitions = (scope: Scope): string[] => [arn(scope, "ecs", `task-definition/${scope.family}:*`)];

/** The role that the stack creates; of 64 characters the stack's name has 24 at least, and then comes the logical id. */
export const ownRole = ({ partition, account, stack }: Scope): string[] => [
  `arn:${partition}:iam::${account}:role/${madeUp(stack, 24)}-TaskExecutionRole*`.replace("**", "*"),
];

/** The roles that are handed to the tasks. */
export const passedRoles = (scope: Scope): string[] => [...scope.roles, ...(scope.createsRole ? ownRole(scope) : [])];

/** The managed policy of execution roles. */
export const executionPolicy = ({ partition }: Scope): string =>
  `arn:${partition}:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy`;

/** The role with which ECS itself works in the account. */
export const linkedRole = ({ partition, account }: Scope): string[] => [
  `arn:${partition}:iam::${account}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS`,
];

/** The log group that the stack creates, with and without the ending that CloudWatch Logs puts to some. */
export const ownLogGroup = (scope: Scope): string[] => {
  const group = arn(scope, "logs", `log-group:${scope.logGroup}`);
  return scope.logGroup?.endsWith("*") ? [group] : [group, `${group}:*`];
};

/** The log groups of the region; who lists some is asked about all. */
export const logGroups = (scope: Scope): string[] => [arn(scope, "logs", "log-group:*")];

/** The log groups of every region the containers write to. */
export const allLogGroups = (scope: Scope): string[] => [
  ...new Set(scope.logGroups.map(({ region }) => arn({ ...scope, region }, "logs", "log-group:*"))),
];

/** The roles that are given, and the one with which ECS itself works. */
export const givenRoles = (scope: Scope): string[] => [...scope.roles, ...linkedRole(scope)];

/** The secrets the tasks are given. */
export const secrets = (scope: Scope): readonly string[] => scope.secrets;

/** The file systems of the volumes, with their access points. */
export const fileSystems = (scope: Scope): string[] => [
  ...scope.fileSystems.map((id) => arn(scope, "elasticfilesystem", `file-system/${id}`)),
  ...scope.accessPoints.map((id) => arn(scope, "elasticfilesystem", `access-point/${id}`)),
];

/** The log streams of the containers. */
export const logStreams = (scope: Scope): string[] =>
  scope.logGroups.map(({ region, name }) => arn({ ...scope, region }, "logs", `log-group:${name}:log-stream:*`));

/** The repositories of the images. */
export const repositories = (scope: Scope): string[] =>
  scope.repositories.map(({ account, region, name }) => arn({ ...scope, account, region }, "ecr", `repository/${name}`));

/** All repositories of the registries they are in: instead of one that is missing the nearest is named. */
export const registries = (scope: Scope): string[] => [
  ...new Set(repositories({ ...scope, repositories: scope.repositories.map((one) => ({ ...one, name: "*" })) })),
];

/** Everything: for actions that know no resources. */
export const everything = (): string[] => ["*"];
