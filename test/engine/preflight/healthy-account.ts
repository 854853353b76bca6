/** An account in which `examples/everything.yaml` deploys well, as facts. */
import { readFileSync } from "node:fs";
import type { Account, GroupFacts, RuleFacts, SubnetFacts } from "../../../src/engine/preflight/account.ts";
import { parseProfile } from "../../../src/engine/profile-file.ts";
import type { JsonObject } from "../../../src/engine/schema.ts";
import { setPath } from "../../../src/engine/set-path.ts";
import { effective } from "../../../src/engine/values.ts";
import { example } from "../../support/example-profiles.ts";

/** Something that is answered as it is for every question. */
const always =
  <T>(value: T) =>
  async (): Promise<T> =>
    value;

export const rule = (rest: Partial<RuleFacts> = {}): RuleFacts => ({ protocol: "tcp", ranges: [], groups: [], prefixLists: [], ...rest });
export const everywhere = rule({ protocol: "-1", ranges: ["0.0.0.0/0"] });

const webTasks = "sg-0ae0a26d0aab497a2";
export const groups: readonly GroupFacts[] = [
  { id: webTasks, name: "web-tasks", vpcId: "vpc-1", ingress: [rule({ from: 80, to: 80, groups: ["sg-alb"] })], egress: [everywhere] },
  { id: "sg-alb", name: "alb", vpcId: "vpc-1", ingress: [], egress: [everywhere] },
  { id: "sg-efs", name: "efs", vpcId: "vpc-1", ingress: [rule({ from: 2049, to: 2049, groups: [webTasks] })], egress: [] },
  { id: "sg-vpce", name: "vpce", vpcId: "vpc-1", ingress: [rule({ from: 443, to: 443, ranges: ["10.0.0.0/16"] })], egress: [] },
];

export const subnets: readonly SubnetFacts[] = [
  { id: "subnet-0f3784b2149dd6648", name: "private-a", vpcId: "vpc-1", zone: "eu-west-1a", freeAddresses: 200 },
  { id: "subnet-09c8ca443d7399043", name: "private-b", vpcId: "vpc-1", zone: "eu-west-1b", freeAddresses: 200 },
];

/** The account; `different` are the facts that differ. */
export function account(different: Partial<Account> = {}): Account {
  return {
    id: always("123456789012"),
    cluster: always({ name: "production", status: "ACTIVE", capacityProviders: ["FARGATE", "FARGATE_SPOT"] }),
    clusterNames: always(["production", "staging"]),
    image: always({ found: "image", digest: "sha256:1" } as const),
    architectures: always(["amd64"]),
    pullsThrough: always(false),
    hasRepository: always(true),
    newestTags: always([{ tag: "1.4.2", architectures: ["amd64"] }]),
    repositoryNames: always(["shop/web"]),
    subnets: async (ids) => subnets.filter(({ id }) => ids.includes(id)),
    routes: async (asked) => new Map(asked.map(({ id }) => [id, { kind: "nat" as const }])),
    endpoints: always(new Map()),
    vpcDns: always({ support: true, hostnames: true }),
    securityGroups: async (ids) => groups.filter(({ id }) => ids.includes(id)),
    targetGroup: async (arn) => ({ arn, name: "shop-tg", type: "ip", protocol: "HTTP", vpcId: "vpc-1", loadBalancers: ["lb"] }),
    loadBalancers: always([{ arn: "lb", name: "shop-alb", securityGroups: ["sg-alb"], zones: ["eu-west-1a", "eu-west-1b"] }]),
    role: async (name) => ({ name, arn: `arn:aws:iam::123456789012:role/${name}`, trustsTasks: true }),
    may: async (_, actions) => actions.map(() => "allowed"),
    secret: async (arn) => ({ name: "shop/db", arn, deleted: false }),
    secretHasPolicy: always(false),
    hasParameter: always(true),
    fileSystem: async (id) => ({ id, state: "available" }),
    mountTargets: always([
      { id: "fsmt-a", zone: "eu-west-1a", vpcId: "vpc-1", state: "available" },
      { id: "fsmt-b", zone: "eu-west-1b", vpcId: "vpc-1", state: "available" },
    ]),
    mountTargetGroups: always(["sg-efs"]),
    accessPoint: async (id) => ({ id, fileSystemId: "fs-0fd690f8421d13c03", state: "available" }),
    hasLogGroup: always(false),
    stackStatus: always(undefined),
    stackResources: always([]),
    vCpuQuota: always(140),
    ...different,
  };
}

const { profile: everything = {} } = parseProfile(readFileSync(example("everything"), "utf8"));

/** The step of the example with other values, by path; and the issues these have by themselves. */
export function stepWith(set: Readonly<Record<string, string>> = {}): ReturnType<typeof effective> {
  const changed = Object.entries(set).reduce((present: JsonObject, [path, value]) => setPath(present, path, value), everything);
  return effective(changed);
}
