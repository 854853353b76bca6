import type { Target } from "../engine/discovery.ts";
import { ProblemError } from "../engine/problem.ts";
import { type CallerConfig, type CredentialProvider, type CredentialStore, createCredentialStore, silentLogger } from "./credentials.ts";
import { noteCalls } from "./note-calls.ts";
import { toProblem } from "./problems.ts";
import { requestHandler } from "./request-handler.ts";
import { regionInUse } from "./shared-config.ts";

/** What may be said about the clients besides the target. */
export interface ClientOptions {
  /** The program's version, for the user agent. */
  readonly version?: string;
  /** Where the credentials come from; absent: read for these clients alone, with nobody to ask for an MFA code. */
  readonly credentials?: CredentialStore;
  /**
   * How often a call is tried, with the SDK's standard pauses; for callers that tell of absences and come back by themselves.
   * Absent: eight times and adaptive, for lists that may come late. The environment's AWS_MAX_ATTEMPTS and AWS_RETRY_MODE win.
   */
  readonly maxAttempts?: number;
}

/** What all clients of a target are made with. */
type ClientConfig = ReturnType<typeof configOf>;

/** How each service's client is made; every import is lazy, so that a service costs nothing until it is called. */
const makers = {
  async cloudFormation(config: ClientConfig) {
    const { CloudFormationClient } = await import("@aws-sdk/client-cloudformation");
    return new CloudFormationClient(config);
  },
  async logs(config: ClientConfig) {
    const { CloudWatchLogsClient } = await import("@aws-sdk/client-cloudwatch-logs");
    return new CloudWatchLogsClient(config);
  },
  async ec2(config: ClientConfig) {
    const { EC2Client } = await import("@aws-sdk/client-ec2");
    return new EC2Client(config);
  },
  async ecr(config: ClientConfig) {
    const { ECRClient } = await import("@aws-sdk/client-ecr");
    return new ECRClient(config);
  },
  async ecs(config: ClientConfig) {
    const { ECSClient } = await import("@aws-sdk/client-ecs");
    return new ECSClient(config);
  },
  async efs(config: ClientConfig) {
    const { EFSClient } = await import("@aws-sdk/client-efs");
    return new EFSClient(config);
  },
  async elb(config: ClientConfig) {
    const { ElasticLoadBalancingV2Client } = await import("@aws-sdk/client-elastic-load-balancing-v2");
    return new ElasticLoadBalancingV2Client(config);
  },
  async iam(config: ClientConfig) {
    const { IAMClient } = await import("@aws-sdk/client-iam");
    return new IAMClient(config);
  },
  async secretsManager(config: ClientConfig) {
    const { SecretsManagerClient } = await import("@aws-sdk/client-secrets-manager");
    return new SecretsManagerClient(config);
  },
  async serviceQuotas(config: ClientConfig) {
    const { ServiceQuotasClient } = await import("@aws-sdk/client-service-quotas");
    return new ServiceQuotasClient(config);
  },
  async ssm(config: ClientConfig) {
    const { SSMClient } = await import("@aws-sdk/client-ssm");
    return new SSMClient(config);
  },
  async sts(config: ClientConfig) {
    const { STSClient } = await import("@aws-sdk/client-sts");
    return new STSClient(config);
  },
};

type Makers = typeof makers;

/**
 * One SDK client a service and region of one target, made when first asked for: `const ecs = await clients.ecs()`; a region
 * other than the target's may be named. Calls reject with SDK errors, which `toProblem` explains (it knows the IAM action of the call by itself).
 */
export type AwsClients = { readonly [Service in keyof Makers]: (region?: string) => ReturnType<Makers[Service]> } & {
  readonly target: Target;
  /** The region in use: the target's, the environment's or the profile's; rejects with ProblemError when none says. */
  region(): Promise<string>;
  /** Forgets the credentials for all who share them: they were refused. These clients are of no use any more. */
  forgetCredentials(): void;
  /** Closes all connections. */
  destroy(): void;
};

/** Throttled calls are worth more attempts than the SDK's three: a list that comes late is better than none. */
const maxAttempts = 8;

function configOf(target: Target, options: ClientOptions, caller: CallerConfig, credentials: CredentialProvider) {
  const { AWS_MAX_ATTEMPTS, AWS_RETRY_MODE } = process.env;
  return {
    ...caller,
    credentials,
    logger: silentLogger,
    ...(target.awsProfile ? { profile: target.awsProfile } : {}),
    ...(AWS_RETRY_MODE ? {} : { retryMode: options.maxAttempts === undefined ? "adaptive" : "standard" }),
    ...(AWS_MAX_ATTEMPTS ? {} : { maxAttempts: options.maxAttempts ?? maxAttempts }),
    customUserAgent: [["ecs-wizard", options.version ?? "0.0.0"]] as [string, string][],
    requestHandler,
  };
}

/** Makes the clients of a target; nothing is loaded, read or called before the first client is asked for. */
export function createClients(target: Target, options: ClientOptions = {}): AwsClients {
  const made = new Map<string, Promise<{ destroy(): void }>>();
  let home: Promise<string | undefined> | undefined;
  const region = async () => {
    home ??= regionInUse(target);
    const found = await home;
    if (!found) home = undefined; // the environment may say later
    if (!found) throw new ProblemError(toProblem(new Error("Region is missing"), { target }));
    return found;
  };
  const store = options.credentials ?? createCredentialStore();
  let credentials: CredentialProvider | undefined;
  const make = async (service: keyof Makers, wanted: string | undefined) => {
    const caller = { region: wanted ?? (await region()), ...(target.endpointUrl ? { endpoint: target.endpointUrl } : {}) };
    credentials ??= store.of(target, caller);
    const client = await makers[service](configOf(target, options, caller, credentials));
    const stack = client.middlewareStack as { use(plugin: unknown): void; remove(name: string): boolean };
    stack.use(noteCalls(target));
    // It copies every answer for a log that nobody keeps, while keys wait.
    stack.remove("loggerMiddleware");
    return client;
  };
  const get = (service: keyof Makers) => (wanted?: string) => {
    const key = `${service} ${wanted ?? ""}`;
    const existing = made.get(key);
    if (existing) return existing;
    const client = make(service, wanted);
    made.set(key, client as never);
    client.catch(() => made.delete(key));
    return client;
  };
  const services = Object.fromEntries(Object.keys(makers).map((service) => [service, get(service as keyof Makers)]));
  const destroy = () => {
    for (const client of made.values()) client.then((it) => it.destroy()).catch(() => {});
    made.clear();
  };
  const forgetCredentials = () => {
    if (credentials) store.forget(credentials);
  };
  return { ...(services as Pick<AwsClients, keyof Makers>), target, region, forgetCredentials, destroy };
}
