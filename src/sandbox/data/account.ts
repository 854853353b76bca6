import { emptyRegion, emptyWorld, type World } from "../world.ts";
import { putBalancers } from "./balancers.ts";
import { putRepositories } from "./images.ts";
import { putFileSystems, putLogGroups, putParameters, putSecrets } from "./keepings.ts";
import { managedPolicies } from "./managed-policies.ts";
import { putVpc } from "./network.ts";
import { putQuotas } from "./quotas.ts";
import { putCaller, putRoles } from "./roles.ts";
import { defaultVpc, mainVpc, servicesVpc } from "./vpcs.ts";

/** The regions enabled for the account with the prefix of their zone ids. */
const regions: Readonly<Record<string, string>> = {
  "eu-west-1": "euw1",
  "us-east-1": "use1",
  "us-east-2": "use2",
  "us-west-1": "usw1",
  "us-west-2": "usw2",
  "ca-central-1": "cac1",
  "sa-east-1": "sae1",
  "eu-west-2": "euw2",
  "eu-west-3": "euw3",
  "eu-central-1": "euc1",
  "eu-north-1": "eun1",
  "eu-south-1": "eus1",
  "ap-south-1": "aps1",
  "ap-northeast-1": "apne1",
  "ap-northeast-2": "apne2",
  "ap-northeast-3": "apne3",
  "ap-southeast-1": "apse1",
  "ap-southeast-2": "apse2",
};

const zonesOf = (region: string): Record<string, string> =>
  Object.fromEntries(["a", "b", "c"].map((letter, index) => [`${region}${letter}`, `${regions[region]}-az${index + 1}`]));

/** An account on its first day: the caller's role, AWS's policies, and in every region the default VPC and the default quotas. */
export const newAccount = (now: number): World => {
  const world = emptyWorld(now);
  world.iam.policies = managedPolicies();
  putCaller(world.iam, now);
  for (const name of Object.keys(regions)) {
    const region = emptyRegion(zonesOf(name));
    putVpc(region.ec2, name, `default-${name}`, defaultVpc, now);
    putQuotas(region.quotas, 6);
    world.regions[name] = region;
  }
  return world;
};

/** The account of Acme's shop, before anything ran in it: networks, roles, registry, load balancers, secrets, files. */
export const acmeAccount = (now: number): World => {
  const world = newAccount(now);
  world.accountAlias = "acme-prod";
  putRoles(world.iam, now);
  const name = "eu-west-1";
  const region = emptyRegion(zonesOf(name));
  world.regions[name] = region;
  const vpcIds = {
    main: putVpc(region.ec2, name, "main", mainVpc, now),
    services: putVpc(region.ec2, name, "services", servicesVpc, now),
  };
  putRepositories(region.ecr, name, now);
  putBalancers(region.elb, name, vpcIds, now);
  putSecrets(region.secrets, name, now);
  putParameters(region.ssm, name, now);
  putFileSystems(region, name, now);
  putLogGroups(region.logs, name, now);
  for (const each of Object.values(world.regions)) putQuotas(each.quotas);
  const american = world.regions["us-east-1"];
  if (american) putRepositories(american.ecr, "us-east-1", now);
  return world;
};
