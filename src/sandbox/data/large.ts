import { hexOf } from "../ids.ts";
import type { World } from "../world.ts";
import { accountId, ago } from "./names.ts";
import { groupId, putVpc, type SubnetSpec, type VpcSpec } from "./network.ts";

const teams = ["shop", "search", "payments", "identity", "media", "logistics", "analytics", "platform"];

const vpcCount = 20;
const subnetsEach = 100;
const groupsEach = 250;

const cidrOf = (vpc: number, index: number): string => `10.${vpc + 10}.${index}.0/24`;

const subnetOf = (vpc: number, index: number): SubnetSpec => {
  const out = (["nat", "nat", "none", "internet"] as const)[index % 4] ?? "none";
  const zone = "abc"[index % 3] ?? "a";
  const kind = out === "internet" ? "public" : out === "nat" ? "private" : "isolated";
  return { name: `${teams[vpc % teams.length]}-${kind}-${String(index).padStart(3, "0")}`, zone, cidr: cidrOf(vpc, index), out };
};

const vpcOf = (vpc: number): VpcSpec => {
  const subnets = Array.from({ length: subnetsEach }, (_, index) => subnetOf(vpc, index));
  const natIn = subnets.find(({ out }) => out === "internet")?.name;
  const groups = Array.from({ length: groupsEach }, (_, index) => {
    const name = `${teams[index % teams.length]}-${["web", "api", "worker", "db"][index % 4]}-${String(index).padStart(3, "0")}`;
    return [name, { description: `Group ${index} of ${name}`, in: [["tcp", 8080, 8080, `10.${vpc + 10}.0.0/16`]] as const }] as const;
  });
  return {
    name: `${teams[vpc % teams.length]}-${vpc}`,
    cidr: `10.${vpc + 10}.0.0/16`,
    subnets,
    ...(natIn ? { natIn } : {}),
    groups: Object.fromEntries(groups),
  };
};

const putManyRepositories = (world: World, now: number): void => {
  const ecr = world.regions["eu-west-1"]?.ecr;
  for (let index = 0; ecr && index < 300; index += 1) {
    const name = `${teams[index % teams.length]}/service-${String(index).padStart(3, "0")}`;
    ecr.repositories[name] = {
      name,
      arn: `arn:aws:ecr:eu-west-1:${accountId}:repository/${name}`,
      uri: `${accountId}.dkr.ecr.eu-west-1.amazonaws.com/${name}`,
      createdAt: ago(now, 100, "d"),
      tagMutability: "MUTABLE",
      scanOnPush: false,
      encryption: "AES256",
      images: {},
      tags: { id: hexOf(name, 8) },
    };
  }
};

/** Makes an account large: 2,000 more subnets in 20 VPCs, 5,000 more security groups, 300 repositories. */
export const enlarge = (world: World, now: number): void => {
  const region = world.regions["eu-west-1"];
  if (!region) return;
  for (let vpc = 0; vpc < vpcCount; vpc += 1) {
    const key = `large-${vpc}`;
    putVpc(region.ec2, "eu-west-1", key, vpcOf(vpc), now);
    // Every VPC has a default group, which is one of the 5,000 here.
    delete region.ec2.securityGroups[groupId(key, "default")];
  }
  putManyRepositories(world, now);
};

/** Names of the 400 clusters of a large account, less those it has anyway. */
export const manyClusters = (existing: number): string[] =>
  Array.from(
    { length: 400 - existing },
    (_, index) => `${teams[index % teams.length]}-${["prod", "staging", "test"][index % 3]}-${String(index).padStart(3, "0")}`,
  );
