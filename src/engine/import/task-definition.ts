/** An ECS task definition, as registered or described, as a profile. */
import type { Json, JsonObject } from "../schema.ts";
import { isObject } from "../values/reading.ts";
import { cpuUnits, memoryMebibytes } from "./amounts.ts";
import { type Bag, isEmpty, lower, openBag, said } from "./bag.ts";
import { fromText, type Imported, imported, notImported } from "./imported.ts";
import { placeTags } from "./tags.ts";

/** What ECS writes down about a task definition that says nothing about the next one. */
const records = [
  "taskDefinitionArn",
  "revision",
  "status",
  "requiresAttributes",
  "compatibilities",
  "registeredAt",
  "registeredBy",
  "deregisteredAt",
];

/** Reads a task definition: the input of RegisterTaskDefinition, or the answer of DescribeTaskDefinition. Never throws. */
export function importTaskDefinition(text: string): Imported {
  return fromText(text, "an ECS task definition", (document) => {
    const inner = isObject(document["taskDefinition"]) ? { ...document["taskDefinition"], tags: document["tags"] ?? null } : document;
    if (!Array.isArray(inner["containerDefinitions"])) {
      return notImported(
        "This is not an ECS task definition: it has no containerDefinitions.",
        "Export one with: aws ecs describe-task-definition --task-definition NAME",
      );
    }
    const bag = openBag(inner);
    const profile = profileOf(bag);
    return imported(profile, bag.rest());
  });
}

function profileOf(bag: Bag): JsonObject {
  for (const key of records) bag.take(key);
  const platform = bag.open("runtimePlatform");
  platform.choose("operatingSystemFamily", ["linux"]);
  bag.choose("networkMode", ["awsvpc"]);
  const compatible = bag.peek("requiresCompatibilities");
  if (Array.isArray(compatible) && compatible.every((each) => each === "FARGATE")) bag.take("requiresCompatibilities");
  const family = bag.take("family");
  const { target, variables, additional } = placeTags(bag.rows("tags"));
  return {
    version: 1,
    name: typeof family === "string" ? family : "imported",
    ...said({
      target: said(target),
      configuration: said({ name: family, taskRole: bag.take("taskRoleArn") }),
      taskExecutionRole: said({ roleArn: bag.take("executionRoleArn") }),
      taskSize: said({
        cpu: cpuUnits(bag.take("cpu")),
        memory: memoryMebibytes(bag.take("memory")),
        cpuArchitecture: platform.take("cpuArchitecture"),
        ephemeralStorageGiB: bag.open("ephemeralStorage").take("sizeInGiB"),
      }),
      tags: said({ additional }),
      containers: bag.rows("containerDefinitions").map(containerOf),
      volumes: bag.rows("volumes").map(volumeOf),
      variables: said(variables),
    }),
  };
}

const rowsOf = (bag: Bag, key: string, keys: Readonly<Record<string, string>>): Json =>
  bag.rows(key).flatMap((row) => said(Object.fromEntries(Object.entries(keys).map(([to, from]) => [to, row.take(from)]))) ?? []);

function containerOf(bag: Bag): JsonObject {
  const credentials = bag.open("repositoryCredentials");
  const check = bag.open("healthCheck");
  const restart = bag.open("restartPolicy");
  const gpus = bag.rows("resourceRequirements").flatMap((row) => (row.choose("type", ["gpu"]) ? [row.take("value") ?? null] : []));
  const network = {
    disableNetworking: bag.take("disableNetworking"),
    dnsServers: bag.take("dnsServers"),
    dnsSearchDomains: bag.take("dnsSearchDomains"),
  };
  const codes = restart.take("ignoredExitCodes");
  return (
    said({
      name: bag.take("name"),
      image: bag.take("image"),
      repositoryCredentials: said({ secretArn: credentials.take("credentialsParameter") }),
      essential: bag.take("essential"),
      cpu: positive(bag.take("cpu")),
      memory: bag.take("memory"),
      memoryReservation: bag.take("memoryReservation"),
      portMappings: ports(bag),
      gpus: gpus[0],
      privileged: bag.take("privileged"),
      healthCheck: said(
        Object.fromEntries(["command", "interval", "timeout", "retries", "startPeriod"].map((key) => [key, check.take(key)])),
      ),
      entryPoint: bag.take("entryPoint"),
      command: bag.take("command"),
      workingDirectory: bag.take("workingDirectory"),
      user: bag.take("user"),
      environment: [
        ...bag.rows("environment").map((row) => ({ name: row.take("name") ?? "", value: row.take("value") ?? "" })),
        ...bag.rows("secrets").map((row) => ({ name: row.take("name") ?? "", valueFrom: row.take("valueFrom") ?? "" })),
      ],
      environmentFiles: bag.rows("environmentFiles").flatMap((row) => (row.choose("type", ["s3"]) ? [row.take("value") ?? ""] : [])),
      readonlyRootFilesystem: bag.take("readonlyRootFilesystem"),
      mountPoints: rowsOf(bag, "mountPoints", { sourceVolume: "sourceVolume", containerPath: "containerPath", readOnly: "readOnly" }),
      volumesFrom: rowsOf(bag, "volumesFrom", { sourceContainer: "sourceContainer", readOnly: "readOnly" }),
      logging: logging(bag),
      firelens: firelens(bag.open("firelensConfiguration")),
      dependsOn: rowsOf(bag, "dependsOn", { containerName: "containerName", condition: "condition" }),
      startTimeout: bag.take("startTimeout"),
      stopTimeout: bag.take("stopTimeout"),
      dockerLabels: bag.take("dockerLabels"),
      ulimits: rowsOf(bag, "ulimits", { name: "name", softLimit: "softLimit", hardLimit: "hardLimit" }),
      initProcessEnabled: bag.open("linuxParameters").take("initProcessEnabled"),
      restartPolicy: said({
        enabled: restart.take("enabled"),
        ignoredExitCodes: Array.isArray(codes) ? codes.map(String) : codes,
        restartAttemptPeriod: restart.take("restartAttemptPeriod"),
      }),
      networkSettings: said({ ...network, extraHosts: rowsOf(bag, "extraHosts", { hostname: "hostname", ipAddress: "ipAddress" }) }),
    }) ?? {}
  );
}

/** ECS describes a container without CPU of its own as having 0. */
const positive = (value: Json | undefined) => (value === 0 ? undefined : value);

/** With a network interface of its own the host's port is the container's: saying so says nothing. */
function ports(bag: Bag): Json {
  return bag.rows("portMappings").flatMap((row) => {
    const containerPort = row.take("containerPort");
    if (row.peek("hostPort") === containerPort || row.peek("hostPort") === 0) row.take("hostPort");
    return said({ containerPort, protocol: row.take("protocol"), name: row.take("name"), appProtocol: row.take("appProtocol") }) ?? [];
  });
}

function logging(container: Bag): JsonObject {
  const bag = container.open("logConfiguration");
  const driver = bag.take("logDriver");
  return {
    type: "manual",
    ...said({
      logDriver: driver ?? "none",
      options: bag.take("options"),
      secretOptions: rowsOf(bag, "secretOptions", { name: "name", valueFrom: "valueFrom" }),
    }),
  };
}

function firelens(bag: Bag): JsonObject | undefined {
  const options = bag.open("options");
  const metadata = options.take("enable-ecs-log-metadata");
  return said({
    type: bag.take("type"),
    enableEcsLogMetadata: typeof metadata === "string" ? metadata === "true" : metadata,
    configFileType: options.take("config-file-type"),
    configFileValue: options.take("config-file-value"),
  });
}

function volumeOf(row: Bag): JsonObject {
  const efs = row.open("efsVolumeConfiguration");
  const access = efs.open("authorizationConfig");
  const fileSystemId = efs.take("fileSystemId");
  return (
    said({
      name: row.take("name"),
      type: isEmpty(fileSystemId) ? "bind" : "efs",
      fileSystemId,
      accessPointId: access.take("accessPointId"),
      rootDirectory: efs.take("rootDirectory"),
      encryptionInTransit: enabled(efs, "transitEncryption"),
      iamAuthorization: enabled(access, "iam"),
    }) ?? {}
  );
}

function enabled(bag: Bag, key: string): boolean | undefined {
  const word = bag.choose(key, ["enabled", "disabled"]);
  return word === undefined ? undefined : lower(word) === "enabled";
}
