/** How long CloudFormation usually takes with the resources of a step. */

const seconds: Readonly<Record<string, { readonly create: number; readonly update: number; readonly delete: number }>> = {
  "AWS::ECS::Service": { create: 119, update: 71, delete: 95 },
  "AWS::ECS::TaskDefinition": { create: 2, update: 2, delete: 2 },
  "AWS::ECS::Cluster": { create: 8, update: 5, delete: 5 },
  "AWS::IAM::Role": { create: 18, update: 16, delete: 2 },
  "AWS::IAM::Policy": { create: 16, update: 16, delete: 2 },
  "AWS::Logs::LogGroup": { create: 3, update: 3, delete: 2 },
  "AWS::EC2::SecurityGroup": { create: 6, update: 3, delete: 2 },
  "AWS::ElasticLoadBalancingV2::LoadBalancer": { create: 150, update: 5, delete: 3 },
  "AWS::ElasticLoadBalancingV2::TargetGroup": { create: 12, update: 3, delete: 3 },
  "AWS::ElasticLoadBalancingV2::Listener": { create: 3, update: 3, delete: 2 },
  "AWS::EFS::FileSystem": { create: 10, update: 5, delete: 10 },
  "AWS::EFS::MountTarget": { create: 90, update: 90, delete: 30 },
  "AWS::SecretsManager::Secret": { create: 8, update: 3, delete: 2 },
};

/** The typical duration in milliseconds, for resources without a history of their own; undefined for types not known here. */
export function typicalDuration(type: string, action: "create" | "update" | "delete"): number | undefined {
  const found = seconds[type]?.[action];
  return found === undefined ? undefined : found * 1000;
}
