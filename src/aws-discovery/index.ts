export { type ClientPool, createClientPool } from "./client-pool.ts";
export { type AwsClients, type ClientOptions, createClients } from "./clients.ts";
export { createDiscovery, type DiscoveryCache, type DiscoveryParts, type LiveDiscovery } from "./discovery.ts";
export { identityOf } from "./identity.ts";
export { toProblem } from "./problems.ts";
export { vpcOfCluster, vpcsOfCluster } from "./vpc-of-cluster.ts";
