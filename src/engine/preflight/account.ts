/** What the checks ask of an account: its facts as they bear on a deployment. Implemented over the SDK in aws-discovery. */

/** A cluster as ECS describes it; `status` is e.g. `ACTIVE`, `INACTIVE`. */
export interface ClusterFacts {
  readonly name: string;
  readonly status: string;
  /** Those that are associated with it, e.g. `FARGATE`. */
  readonly capacityProviders: readonly string[];
}

/** A repository of ECR: the account and the region of its registry, its name. */
export interface RepositoryFacts {
  readonly account: string;
  readonly region: string;
  readonly repository: string;
}

/** What a registry says of one image: it is there, only its repository is, or not even that. */
export type ImageFacts =
  | { readonly found: "image"; readonly digest: string }
  | { readonly found: "repository" }
  | { readonly found: "nothing" };

/** A tag with the architectures of its image, as far as they were looked up. */
export interface TagFacts {
  readonly tag: string;
  readonly architectures: readonly string[];
}

/** Where a subnet's route for 0.0.0.0/0 leads: to an internet gateway, a NAT gateway, another router, or nowhere. */
export type RouteKind = "public" | "nat" | "routed" | "none";

/** A subnet as EC2 describes it. */
export interface SubnetFacts {
  readonly id: string;
  /** Its tag `Name`; empty where it has none. */
  readonly name: string;
  readonly vpcId: string;
  /** Its availability zone, e.g. `eu-west-1a`. */
  readonly zone: string;
  readonly freeAddresses: number;
}

/** How traffic leaves a subnet: undefined where no route table tells. `gone`: the default route leads to something that was deleted. */
export interface RouteFacts {
  readonly kind: RouteKind;
  readonly gone?: string;
}

/** A VPC endpoint that a subnet can use; `service` is e.g. `ecr.api`. Gateway endpoints have no security groups. */
export interface EndpointFacts {
  readonly id: string;
  readonly service: string;
  readonly securityGroups: readonly string[];
}

/** One rule of a security group. */
export interface RuleFacts {
  /** `tcp`, `udp`, `icmp`, …; `-1`: all. */
  readonly protocol: string;
  /** The ports, both included; absent: all. */
  readonly from?: number;
  readonly to?: number;
  /** Address ranges, IPv4 and IPv6. */
  readonly ranges: readonly string[];
  readonly groups: readonly string[];
  readonly prefixLists: readonly string[];
}

/** A security group with its rules. */
export interface GroupFacts {
  readonly id: string;
  readonly name: string;
  readonly vpcId: string;
  readonly ingress: readonly RuleFacts[];
  readonly egress: readonly RuleFacts[];
}

/** A target group; `healthPort` is absent where the health check goes to the targets' own port. */
export interface TargetGroupFacts {
  readonly arn: string;
  readonly name: string;
  /** `ip`, `instance`, `lambda` or `alb`. */
  readonly type: string;
  /** `HTTP`, `HTTPS`, `TCP`, `TLS`, `UDP`, `TCP_UDP`, … */
  readonly protocol: string;
  readonly vpcId: string;
  /** ARNs of the load balancers whose listeners forward to it. */
  readonly loadBalancers: readonly string[];
  readonly healthPort?: number;
}

/** A load balancer; network load balancers may have no security groups. */
export interface LoadBalancerFacts {
  readonly arn: string;
  readonly name: string;
  readonly securityGroups: readonly string[];
  /** The availability zones it has a subnet in. */
  readonly zones: readonly string[];
}

/** An IAM role. */
export interface RoleFacts {
  readonly name: string;
  readonly arn: string;
  /** Whether its trust policy lets ECS tasks assume it. */
  readonly trustsTasks: boolean;
}

/** What IAM's simulator answers: `unknown` where it depends on circumstances that only a real call has. */
export type Permission = "allowed" | "denied" | "unknown";

/** A secret of Secrets Manager, without its value. */
export interface SecretFacts {
  readonly name: string;
  /** The whole ARN, with the random end of the name. */
  readonly arn: string;
  /** It is to be deleted: ECS cannot read it any more. */
  readonly deleted: boolean;
}

/** An EFS file system; `state` is e.g. `available`. */
export interface FileSystemFacts {
  readonly id: string;
  readonly state: string;
}

/** One mount target of a file system. */
export interface MountTargetFacts {
  readonly id: string;
  readonly zone: string;
  readonly vpcId: string;
  readonly state: string;
}

/** An access point of a file system. */
export interface AccessPointFacts {
  readonly id: string;
  readonly fileSystemId: string;
  readonly state: string;
}

/**
 * The facts of one account and region. Equal questions share one answer. `undefined` means that AWS says there is no such
 * thing. Rejects with ProblemError.
 */
export interface Account {
  /** The account's id. */
  id(): Promise<string>;
  cluster(nameOrArn: string): Promise<ClusterFacts | undefined>;
  clusterNames(): Promise<readonly string[]>;
  image(of: RepositoryFacts, version: { readonly tag: string } | { readonly digest: string }): Promise<ImageFacts>;
  /** As in image manifests, e.g. `amd64`; none: the image does not tell. */
  architectures(of: RepositoryFacts, digest: string): Promise<readonly string[]>;
  /** Whether a rule of the registry fetches images of that name from elsewhere when they are first pulled. */
  pullsThrough(of: RepositoryFacts): Promise<boolean>;
  hasRepository(of: RepositoryFacts): Promise<boolean>;
  /** The newest tags of a repository, the newest first; architectures only where asked for. */
  newestTags(of: RepositoryFacts, withArchitectures?: boolean): Promise<readonly TagFacts[]>;
  /** The names of the repositories of the account's own registry. */
  repositoryNames(region: string): Promise<readonly string[]>;
  /** Those of the subnets that exist. */
  subnets(ids: readonly string[]): Promise<readonly SubnetFacts[]>;
  /** By subnet id; a subnet is absent where no route table tells. */
  routes(subnets: readonly SubnetFacts[]): Promise<ReadonlyMap<string, RouteFacts>>;
  /** The endpoints that each subnet can use, by subnet id. */
  endpoints(subnets: readonly SubnetFacts[]): Promise<ReadonlyMap<string, readonly EndpointFacts[]>>;
  /** Whether a VPC resolves names, and names its own addresses. */
  vpcDns(vpcId: string): Promise<{ readonly support: boolean; readonly hostnames: boolean }>;
  /** Those of the security groups that exist. */
  securityGroups(ids: readonly string[]): Promise<readonly GroupFacts[]>;
  targetGroup(arn: string): Promise<TargetGroupFacts | undefined>;
  loadBalancers(arns: readonly string[]): Promise<readonly LoadBalancerFacts[]>;
  /** A role by name. */
  role(name: string): Promise<RoleFacts | undefined>;
  /** Whether a role may do each of these to a resource, by its own policies and boundary. */
  may(roleArn: string, actions: readonly string[], resource: string): Promise<readonly Permission[]>;
  secret(arn: string): Promise<SecretFacts | undefined>;
  /** Whether a secret has a policy of its own, which may let in who has no permission otherwise. */
  secretHasPolicy(arn: string): Promise<boolean>;
  hasParameter(name: string): Promise<boolean>;
  fileSystem(id: string): Promise<FileSystemFacts | undefined>;
  mountTargets(fileSystemId: string): Promise<readonly MountTargetFacts[]>;
  /** The security groups of a mount target. */
  mountTargetGroups(id: string): Promise<readonly string[]>;
  accessPoint(id: string): Promise<AccessPointFacts | undefined>;
  hasLogGroup(name: string, region: string): Promise<boolean>;
  /** The status of a stack, e.g. `UPDATE_COMPLETE`. */
  stackStatus(name: string): Promise<string | undefined>;
  /** The names that AWS gave to what is in a stack. */
  stackResources(name: string): Promise<readonly string[]>;
  /** How many vCPUs of Fargate the account may use at a time; undefined where no quota is told. */
  vCpuQuota(kind: "onDemand" | "spot"): Promise<number | undefined>;
}
