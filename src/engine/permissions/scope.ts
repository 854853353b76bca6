import { parseImageName } from "../diagnosis/image-name.ts";
import { clusterName, names } from "../names.ts";
import type { Check } from "../preflight/check.ts";
import { checks } from "../preflight/index.ts";
import { secretsOf } from "../preflight/secrets.ts";
import { subjectOf } from "../preflight/subject.ts";
import { accessPointsOf, fileSystemsOf } from "../preflight/volumes.ts";
import { parseArn, partitionOf } from "../rules/arn.ts";
import { isExpression, knownText } from "../rules/text.ts";
import type { Step } from "../sections/index.ts";
import { createsLogGroup } from "../template/parameters.ts";

/** A log group in a region; either may be a pattern. */
export interface LogGroupPlace {
  readonly region: string;
  readonly name: string;
}

/** A repository of ECR; each part may be a pattern. */
export interface RepositoryPlace {
  readonly account: string;
  readonly region: string;
  readonly name: string;
}

/** What a policy is about. Texts are as in the ARNs of policies: `*` stands for what is not known. */
export interface Scope {
  /** `aws`, `aws-cn`, … */
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  readonly cluster: string;
  readonly stack: string;
  readonly family: string;
  /** The execution and task role, as far as they are not the stack's own. */
  readonly roles: readonly string[];
  readonly createsRole: boolean;
  /** The log group that the stack creates. */
  readonly logGroup?: string;
  /** Every log group the containers write to. */
  readonly logGroups: readonly LogGroupPlace[];
  readonly repositories: readonly RepositoryPlace[];
  readonly loadBalanced: boolean;
  /** ARNs of the secrets the tasks are given. */
  readonly secrets: readonly string[];
  /** Ids of the file systems and access points of the volumes. */
  readonly fileSystems: readonly string[];
  readonly accessPoints: readonly string[];
  /** The actions of the checks that have something to look at. */
  readonly checked: readonly string[];
  /** Who calls is this role, which the profile assumes. */
  readonly assumedRole?: string;
}

/** What any deployment of the program touches, in one region or all. */
export function anyScope(region = "*"): Scope {
  return {
    partition: partitionOf(region),
    region,
    account: "*",
    cluster: "*",
    stack: "cf-ecs-*",
    family: "*",
    roles: [`arn:${partitionOf(region)}:iam::*:role/*`],
    createsRole: true,
    logGroup: "/ecs/*",
    logGroups: [{ region, name: "*" }],
    repositories: [{ account: "*", region: "*", name: "*" }],
    loadBalanced: true,
    secrets: [`arn:${partitionOf(region)}:secretsmanager:${region}:*:secret:*`],
    fileSystems: ["*"],
    accessPoints: ["*"],
    checked: actionsOf(checks),
  };
}

/** What the deployment of a step touches. */
export function scopeOf(step: Step): Scope {
  const { target, configuration, taskExecutionRole, loadBalancerMappings = [] } = step;
  const subject = subjectOf(step);
  const region = pattern(target.region);
  const partition = partitionOf(region);
  const account = accountOf(step) ?? "*";
  const roleArn = (role: string) =>
    parseArn(role) || isExpression(role) ? pattern(role) : `arn:${partition}:iam::${account}:role/${role}`;
  const given = [taskExecutionRole.roleArn, configuration.taskRole].flatMap((role) => role || []);
  const family = pattern(configuration.name);
  const ownGroup = createsLogGroup(step) ? `/ecs/${family}` : undefined;
  const assumed = target.assumeRole?.roleArn;
  return {
    partition,
    region,
    account,
    cluster: pattern(clusterName(target.cluster)),
    stack: stackOf(step),
    family,
    roles: [...new Set(given.map(roleArn))],
    createsRole: taskExecutionRole.roleArn === undefined,
    ...(ownGroup ? { logGroup: ownGroup } : {}),
    logGroups: distinct([...(ownGroup ? [{ region, name: ownGroup }] : []), ...step.containers.flatMap((one) => givenGroup(one, region))]),
    repositories: distinct(step.containers.flatMap(({ image }) => repositoryOf(image, { account, region }))),
    loadBalanced: loadBalancerMappings.length > 0,
    secrets: distinctTexts(secretsOf(subject).flatMap(({ value: { kind, arn } }) => (kind === "secret" ? [arn] : []))),
    fileSystems: distinctTexts(fileSystemsOf(subject).map(({ value }) => value.fileSystemId)),
    accessPoints: distinctTexts(accessPointsOf(subject).map(({ value }) => value.id)),
    checked: actionsOf(checks.filter((one) => one.applies(subject))),
    ...(assumed ? { assumedRole: pattern(assumed) } : {}),
  };
}

/** A text of the profile for an ARN: what an expression will give is any text, and so is what is missing. */
const pattern = (text: string): string => (text === "" ? "*" : text.replace(/#\{.*\}/gs, "*"));

/** Words of an expression would be put together with the name's; so any stack of the program is meant while one is left. */
function stackOf({ target, configuration }: Step): string {
  const parts = [target.cluster, configuration.name, target.environment, target.tenant ?? ""];
  if (target.stackName !== undefined) return pattern(target.stackName);
  return parts.some(isExpression) || target.cluster === "" || configuration.name === ""
    ? "cf-ecs-*"
    : names({ target, configuration }).stackName;
}

/** The account, told by what can only be in the one deployed to; secrets and images may be another's. */
function accountOf({ target, configuration, taskExecutionRole, loadBalancerMappings = [] }: Step): string | undefined {
  const own = [
    target.assumeRole?.roleArn,
    target.cluster,
    taskExecutionRole.roleArn,
    configuration.taskRole,
    ...loadBalancerMappings.map(({ targetGroupArn }) => targetGroupArn),
  ];
  return own.map((text) => parseArn(knownText(text) ?? "")?.account).find((account) => account !== undefined && account !== "");
}

function givenGroup({ logging }: Step["containers"][number], region: string): LogGroupPlace[] {
  const name = logging.logDriver === "awslogs" ? logging.options?.["awslogs-group"] : undefined;
  return name ? [{ region: pattern(logging.options?.["awslogs-region"] ?? region), name: pattern(name) }] : [];
}

function repositoryOf(image: string, own: { account: string; region: string }): RepositoryPlace[] {
  // Which version an expression gives does not matter here.
  const unversioned = image.replace(/[:@]#\{.*$/s, "");
  const parsed = isExpression(unversioned) ? undefined : parseImageName(unversioned);
  if (!parsed) return [{ ...own, account: "*", name: "*" }];
  return parsed.account && parsed.region ? [{ account: parsed.account, region: parsed.region, name: parsed.repository }] : [];
}

const distinctTexts = (texts: readonly string[]): string[] => [...new Set(texts)];

const actionsOf = (some: readonly Check[]): string[] => distinctTexts(some.flatMap(({ actions }) => actions)).sort();

const distinct = <T extends object>(items: readonly T[]): T[] => [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
