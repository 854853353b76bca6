/** Keys of ECS's own task definitions and services, by their name in lower case, with where a profile says the same. */
const places: Readonly<Record<string, string>> = {
  assignpublicip: "It is network.assignPublicIp, true or false.",
  capacityproviderstrategy: "It is deployment.capacityProviders, with provider, base and weight.",
  containerdefinitions: "It is containers.",
  deploymentcircuitbreaker: "It is deployment.circuitBreaker.",
  deploymentconfiguration: "Its parts stand in deployment: minimumHealthyPercent, maximumPercent, circuitBreaker.",
  desiredcount: "It is deployment.desiredCount.",
  efsvolumeconfiguration: "Its parts stand in the volume itself, with type: efs.",
  ephemeralstorage: "It is taskSize.ephemeralStorageGiB.",
  executionrolearn: "It is taskExecutionRole.roleArn.",
  family: "It is configuration.name.",
  firelensconfiguration: "It is firelens.",
  hostport: "It always equals containerPort: the tasks have a network interface of their own.",
  launchtype: "It is FARGATE unless deployment.capacityProviders are given: ECS takes only one of the two.",
  linuxparameters: "Of these, Fargate has initProcessEnabled.",
  loadbalancers: "It is loadBalancerMappings.",
  logconfiguration: "It is logging, with type: manual.",
  networkconfiguration: "Its parts stand in network: subnets, securityGroups, assignPublicIp.",
  networkmode: "It is always awsvpc on Fargate.",
  operatingsystemfamily: "It is always LINUX.",
  platformversion: "It is always the latest.",
  requirescompatibilities: "It is always FARGATE.",
  runtimeplatform: "It is taskSize.cpuArchitecture; the operating system is always LINUX.",
  secrets: "They stand in environment, as {name, valueFrom}.",
  servicename: "CloudFormation names the service; configuration.name is what everything is named after.",
  taskrolearn: "It is configuration.taskRole.",
};

/** Where a profile says what a key of AWS's own formats says; undefined for other keys. */
export function sameInProfile(key: string): string | undefined {
  const name = key.toLowerCase();
  return Object.hasOwn(places, name) ? places[name] : undefined;
}
