import { clientException } from "./errors.ts";
import { cpuUnits, isFargateSize, memoryMiB } from "./sizes.ts";
import type { ContainerDefinition, TaskDefinition } from "./state.ts";

type Draft = Pick<TaskDefinition, "containerDefinitions" | "volumes"> & Partial<TaskDefinition>;

const NAME = /^[a-zA-Z0-9_-]{1,255}$/;
const ECR_HOST = /^\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com(\.cn)?\//;

/** Whether an image lies in a private ECR registry. */
export function isEcrImage(image: string): boolean {
  return ECR_HOST.test(image);
}

function require(condition: boolean, message: string): void {
  if (!condition) throw clientException(message);
}

function checkDependencies(containers: ContainerDefinition[]): void {
  const byName = new Map(containers.map((one) => [one.name, one]));
  for (const container of containers) {
    for (const { containerName, condition } of container.dependsOn ?? []) {
      const other = byName.get(containerName);
      require(other !== undefined, `Container '${container.name}' depends on container '${containerName}' which does not exist`);
      require(condition !== "HEALTHY" ||
        other?.healthCheck !== undefined, "A dependency container with HEALTHY condition must have health check configured");
      const ends = condition === "COMPLETE" || condition === "SUCCESS";
      require(!(ends && other?.essential !== false), `A dependency container with ${condition} condition must not be essential`);
    }
  }
  const visiting = new Set<string>();
  const visit = (name: string): void => {
    require(!visiting.has(name), "The container dependency graph contains a cycle");
    visiting.add(name);
    for (const { containerName } of byName.get(name)?.dependsOn ?? []) visit(containerName);
    visiting.delete(name);
  };
  for (const container of containers) visit(container.name);
}

function checkContainer(container: ContainerDefinition, draft: Draft): void {
  require(NAME.test(container.name ?? ""), "Container.name contains invalid characters.");
  require(typeof container.image === "string" && container.image !== "", "Container.image should not be null or empty.");
  const { memory, memoryReservation } = container;
  require(memory === undefined || memory >= 6, `Invalid setting for container '${container.name}'. 'memory' must be at least 6 MiB.`);
  require(memory === undefined ||
    memoryReservation === undefined ||
    memory >= memoryReservation, "'memory' must be greater than or equal to 'memoryReservation'");
  const volumes = new Set(draft.volumes.map((one) => one.name));
  for (const { sourceVolume } of container.mountPoints ?? []) {
    require(sourceVolume === undefined || volumes.has(sourceVolume), `Unknown volume '${sourceVolume}'.`);
  }
  const names = new Set(draft.containerDefinitions.map((one) => one.name));
  for (const { sourceContainer } of container.volumesFrom ?? []) {
    require(sourceContainer !== undefined &&
      names.has(sourceContainer), `Container '${container.name}' has an unknown volumesFrom source container '${sourceContainer}'.`);
  }
  const environment = (container.environment ?? []).map((one) => one.name);
  const secrets = (container.secrets ?? []).map((one) => one.name);
  require(!secrets.some((name) =>
    environment.includes(name),
  ), `The secret name must be unique and not shared with any new or existing environment variables set on the container, such as '${secrets.find((name) => environment.includes(name))}'.`);
  if (container.secrets?.length)
    require(draft.executionRoleArn !==
      undefined, "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'");
}

function checkPorts(containers: ContainerDefinition[], networkMode: string | undefined): void {
  const seen = new Set<string>();
  const names = new Set<string>();
  for (const mapping of containers.flatMap((one) => one.portMappings ?? [])) {
    const { containerPort, hostPort, protocol = "tcp", name } = mapping;
    if (networkMode === "awsvpc") {
      require(hostPort === undefined ||
        hostPort === 0 ||
        hostPort === containerPort, "When networkMode=awsvpc, the host ports and container ports in port mappings must match.");
    }
    const key = `${containerPort}/${protocol}`;
    require(containerPort === undefined ||
      !seen.has(key), `The container port ${containerPort} with protocol ${protocol} is used more than once.`);
    seen.add(key);
    require(name === undefined || !names.has(name), "port mapping name is already used");
    if (name !== undefined) names.add(name);
  }
}

/** Settings Fargate refuses on a container, by member, with what it says. */
const NOT_ON_FARGATE: [member: string, refused: (value: unknown) => boolean, message: string][] = [
  ["privileged", (value) => value === true, "Fargate requires that the 'privileged' setting be 'false'"],
  ["links", isFilled, "Fargate compatible task definitions do not support links"],
  ["dnsServers", isFilled, "Fargate compatible task definitions do not support dnsServers"],
  ["dnsSearchDomains", isFilled, "Fargate compatible task definitions do not support dnsSearchDomains"],
  ["extraHosts", isFilled, "Fargate compatible task definitions do not support extraHosts"],
  ["dockerSecurityOptions", isFilled, "Fargate compatible task definitions do not support dockerSecurityOptions"],
  ["disableNetworking", (value) => value === true, "Fargate compatible task definitions do not support disableNetworking"],
  ["hostname", (value) => value !== undefined && value !== "", "Fargate compatible task definitions do not support hostname"],
  ["resourceRequirements", (value) => isFilled(value), "Fargate compatible task definitions do not support resourceRequirements"],
];

function isFilled(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0;
}

function checkFargateContainer(container: ContainerDefinition, draft: Draft): void {
  for (const [member, refused, message] of NOT_ON_FARGATE) require(!refused(container[member]), message);
  const linux = (container["linuxParameters"] ?? {}) as Record<string, unknown>;
  require(!isFilled(linux["devices"]), "Fargate compatible task definitions do not support devices");
  require(!isFilled(linux["tmpfs"]), "Fargate compatible task definitions do not support tmpfs");
  require(linux["sharedMemorySize"] === undefined, "Fargate compatible task definitions do not support sharedMemorySize");
  const stop = container["stopTimeout"];
  require(typeof stop !== "number" ||
    stop <= 120, "Tasks using the Fargate launch type must have a container stop timeout of less than 120 seconds.");
  for (const { name } of (container["ulimits"] ?? []) as { name: string }[]) {
    require(name === "nofile", `Fargate compatible task definitions do not support ulimit ${name}`);
  }
  const driver = container.logConfiguration?.logDriver;
  if (driver !== undefined) {
    require(["awslogs", "splunk", "awsfirelens"].includes(
      driver,
    ), `Log driver ${driver} is not supported on Fargate. Only awslogs, splunk and awsfirelens are.`);
    const options = container.logConfiguration?.options ?? {};
    if (driver === "awslogs") {
      require(draft.executionRoleArn !==
        undefined, "Fargate requires task definition to have execution role ARN to support log driver awslogs.");
      require(options["awslogs-stream-prefix"] !==
        undefined, "Fargate requires log configuration options to include awslogs-stream-prefix to support log driver awslogs.");
      require(options["awslogs-group"] !== undefined, "Log driver awslogs requires options: awslogs-group");
      require(options["awslogs-region"] !== undefined, "Log driver awslogs requires options: awslogs-region");
    }
  }
  const needsRole = isEcrImage(container.image) || container.repositoryCredentials !== undefined;
  require(!needsRole ||
    draft.executionRoleArn !== undefined, "Fargate requires task definition to have execution role ARN to support ECR images.");
}

function checkFargate(draft: Draft): void {
  require(draft.networkMode === "awsvpc", "Fargate only supports network mode ‘awsvpc’.");
  require(draft.cpu !== undefined, "Fargate requires that 'cpu' be defined at the task level.");
  require(draft.memory !== undefined, "Fargate requires that 'memory' be defined at the task level.");
  const [cpu, memory] = [cpuUnits(draft.cpu ?? ""), memoryMiB(draft.memory ?? "")];
  require(isFargateSize(
    cpu,
    memory,
  ), `No Fargate configuration exists for given values: ${Number.isNaN(cpu) ? draft.cpu : cpu} CPU, ${Number.isNaN(memory) ? draft.memory : memory} memory. See the Amazon ECS documentation for the valid values.`);
  const sum = (member: "cpu" | "memory" | "memoryReservation") =>
    draft.containerDefinitions.reduce((total, one) => total + Number(one[member] ?? 0), 0);
  require(sum("cpu") <= cpu, "The sum of all container 'cpu' values cannot be greater than the task-level 'cpu' value");
  require(draft.containerDefinitions.every(
    (one) => Number(one.memory ?? 0) <= memory,
  ), "Invalid 'memory' setting for container: it cannot be greater than the task-level 'memory' value.");
  require(sum("memory") <= memory, "The sum of all container 'memory' values cannot be greater than the task-level 'memory' value");
  require(sum("memoryReservation") <=
    memory, "The sum of all container 'memoryReservation' values cannot be greater than the value of the task 'memory'.");
  const storage = draft.ephemeralStorage?.sizeInGiB;
  require(storage === undefined || storage >= 21, "EphemeralStorage size should be at least 21");
  require(storage === undefined || storage <= 200, "EphemeralStorage size should be at most 200");
  require(draft["ipcMode"] === undefined, "Fargate compatible task definitions do not support ipcMode");
  require(draft["pidMode"] === undefined || draft["pidMode"] === "task", "Fargate compatible task definitions only support pidMode task");
  require(!isFilled(draft["placementConstraints"]), "Fargate compatible task definitions do not support constraints");
  require(!isFilled(draft["inferenceAccelerators"]), "Fargate compatible task definitions do not support inferenceAccelerators");
  for (const volume of draft.volumes) {
    require(volume["dockerVolumeConfiguration"] ===
      undefined, "Fargate compatible task definitions do not support dockerVolumeConfiguration");
    require(volume.host?.sourcePath === undefined, "Fargate compatible task definitions do not support host volumes with a sourcePath");
  }
  const architecture = draft.runtimePlatform?.cpuArchitecture;
  require(architecture === undefined || ["X86_64", "ARM64"].includes(architecture), `Invalid value for cpuArchitecture: ${architecture}`);
  for (const container of draft.containerDefinitions) checkFargateContainer(container, draft);
}

function checkVolumes(draft: Draft): void {
  const names = draft.volumes.map((one) => one.name);
  require(new Set(names).size === names.length, "Volume names must be unique within a task definition");
  for (const { efsVolumeConfiguration: efs } of draft.volumes) {
    if (!efs) continue;
    const { accessPointId, iam } = efs.authorizationConfig ?? {};
    const encrypted = efs.transitEncryption === "ENABLED";
    require(accessPointId === undefined || encrypted, "TransitEncryption must be enabled when using an EFS access point.");
    require(accessPointId === undefined ||
      [undefined, "", "/"].includes(efs.rootDirectory), "RootDirectory must be omitted or set to / when using an EFS access point.");
    require(iam !== "ENABLED" || encrypted, "TransitEncryption must be enabled when using EFS IAM authorization.");
  }
}

/** Throws ECS's ClientException for a task definition it would not register. */
export function checkDefinition(draft: Draft): void {
  const { containerDefinitions: containers } = draft;
  require(containers.length > 0, "Container list cannot be empty.");
  const names = containers.map((one) => one.name);
  require(new Set(names).size === names.length, "Container.name must be unique within a task definition.");
  require(containers.some((one) => one.essential !== false), "Task definition doesn't have any essential container");
  for (const container of containers) checkContainer(container, draft);
  checkDependencies(containers);
  checkPorts(containers, draft.networkMode);
  checkVolumes(draft);
  const router = containers.some((one) => one["firelensConfiguration"] !== undefined);
  const routed = containers.some((one) => one.logConfiguration?.logDriver === "awsfirelens");
  require(!router ||
    routed, "When a firelensConfiguration object is specified, at least one container has to be configured with the awsfirelens log driver");
  require(!routed ||
    router, "When a container is configured with the awsfirelens log driver, at least one container must have a firelensConfiguration");
  if (draft.requiresCompatibilities?.includes("FARGATE")) checkFargate(draft);
  else {
    const unsized = containers.find((one) => one.memory === undefined && one.memoryReservation === undefined);
    require(draft.memory !== undefined ||
      unsized ===
        undefined, `Invalid setting for container '${unsized?.name}'. At least one of 'memory' or 'memoryReservation' must be specified.`);
  }
}
