import type { Target } from "../engine/discovery.ts";
import type { Renewal } from "./renewal.ts";

/** Which call an error came from. */
export interface CallNote {
  /** The IAM action, e.g. `ecs:ListClusters`. */
  readonly action?: string;
  readonly target: Target;
  /** How its expired credentials are renewed. */
  readonly renewal?: Renewal | undefined;
}

/** IAM's prefix of each client's actions. */
const prefixes: Readonly<Record<string, string>> = {
  CloudFormationClient: "cloudformation",
  CloudWatchLogsClient: "logs",
  EC2Client: "ec2",
  ECRClient: "ecr",
  ECSClient: "ecs",
  EFSClient: "elasticfilesystem",
  ElasticLoadBalancingV2Client: "elasticloadbalancing",
  IAMClient: "iam",
  SecretsManagerClient: "secretsmanager",
  ServiceQuotasClient: "servicequotas",
  SSMClient: "ssm",
  STSClient: "sts",
};

const notes = new WeakMap<object, CallNote>();

/** Notes the call of an error, first note wins; returns the error. */
export function noteCall<E>(
  error: E,
  {
    target,
    client,
    command,
    renewal,
  }: { target: Target; client?: string | undefined; command?: string | undefined; renewal?: Renewal | undefined },
): E {
  if (typeof error !== "object" || error === null || notes.has(error)) return error;
  const prefix = prefixes[client ?? ""];
  notes.set(error, { target, renewal, ...(prefix && command ? { action: `${prefix}:${command.replace(/Command$/, "")}` } : {}) });
  return error;
}

/** What {@link noteCall} noted on an error. */
export const callOf = (error: unknown): CallNote | undefined =>
  typeof error === "object" && error !== null ? notes.get(error) : undefined;
