import fc from "fast-check";
import { memorySizes } from "../../src/engine/rules/fargate-sizes.ts";
import type { Field, Fields, Json, JsonObject } from "../../src/engine/schema.ts";
import { sections } from "../../src/engine/sections/index.ts";

const word = fc.stringMatching(/^[a-z][a-z0-9]{0,11}$/);
const line = fc
  .string({ unit: "grapheme-ascii", minLength: 1, maxLength: 30 })
  // CloudFormation leaves a literal ${x} alone, as a shell's variable needs it; the offline validator takes it for a forgotten Fn::Sub.
  .filter((text) => text.trim() === text && !text.includes("#{") && !text.includes("${"));
const hex = fc.stringMatching(/^[0-9a-f]{17}$/);
const secret = word.map((name) => `arn:aws:secretsmanager:eu-west-1:123456789012:secret:${name}-AbCdEf`);
const role = word.map((name) => `arn:aws:iam::123456789012:role/${name}`);
const image = fc.constantFrom(
  "nginx",
  "nginx:1.27",
  "shop/web:1.4.2",
  "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/web",
  `public.ecr.aws/x/y@sha256:${"ab".repeat(32)}`,
);

/** Texts that pass the checks of the fields with a form of their own, by the field's place without row numbers. */
const samples: Readonly<Record<string, fc.Arbitrary<Json>>> = {
  "target.assumeRole.roleArn": role,
  "target.region": fc.constant("eu-west-1"),
  "target.cluster": fc.oneof(
    word,
    word.map((name) => `arn:aws:ecs:eu-west-1:123456789012:cluster/${name}`),
  ),
  "target.assumeRole.sessionName": fc.constant("wizard"),
  "target.assumeRole.externalId": fc.constant("outside"),
  "target.stackName": fc.constant("an-older-stack"),
  "configuration.name": fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,40}$/),
  "configuration.taskRole": fc.oneof(role, word),
  "taskExecutionRole.roleArn": role,
  "network.subnets": hex.map((id) => `subnet-${id}`),
  "network.securityGroups": hex.map((id) => `sg-${id}`),
  "tags.additional.key": word,
  "tags.additional.value": fc.stringMatching(/^[A-Za-z0-9 +=.:/@_-]{0,40}$/),
  "containers.name": word,
  "containers.image": image,
  "containers.repositoryCredentials.secretArn": secret,
  "containers.portMappings.name": word,
  "containers.healthCheck.command": line.filter((text) => !/^(NONE|CMD|CMD-SHELL)$/.test(text)),
  "containers.workingDirectory": word.map((name) => `/${name}`),
  "containers.user": fc.constantFrom("1000", "1000:1000", "node"),
  "containers.environment.name": fc.stringMatching(/^[A-Z][A-Z0-9_]{0,15}$/),
  "containers.environment.valueFrom": secret,
  "containers.environmentFiles": word.map((name) => `arn:aws:s3:::bucket/${name}.env`),
  "containers.mountPoints.containerPath": word.map((name) => `/${name}`),
  "containers.logging.secretOptions.valueFrom": secret,
  "containers.restartPolicy.ignoredExitCodes": fc.integer({ min: 0, max: 255 }).map(String),
  "loadBalancerMappings.targetGroupArn": hex.map((id) => `arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/tg/${id}`),
  "volumes.name": word,
  "volumes.fileSystemId": hex.map((id) => `fs-${id}`),
  "volumes.accessPointId": hex.map((id) => `fsap-${id}`),
  "volumes.rootDirectory": word.map((name) => `/${name}`),
};

function fieldArbitrary(field: Field, place: string): fc.Arbitrary<Json> {
  const sample = samples[place];
  switch (field.kind) {
    case "number":
      return fc.integer({ min: field.min ?? 1, max: Math.min(field.max ?? 200, 5000) });
    case "toggle":
      return fc.boolean();
    case "choice":
      return fc.constantFrom(...field.options.map(({ value }) => value));
    case "texts":
    case "picks":
      return fc.uniqueArray(sample ?? line, { minLength: field.min ?? 1, maxLength: Math.min(field.max ?? 4, 4) }) as fc.Arbitrary<Json>;
    case "map":
      return fc.dictionary(word, line, { maxKeys: 3 });
    case "group":
      return fieldsArbitrary(field.fields, place);
    case "list":
      return fc.array(fieldsArbitrary(field.fields, place), { minLength: field.min ?? 0, maxLength: 3 }) as fc.Arbitrary<Json>;
    default:
      return sample ?? (field.kind === "text" ? line : word);
  }
}

function fieldsArbitrary(fields: Fields, place: string): fc.Arbitrary<JsonObject> {
  const usable = Object.entries(fields).filter(([, field]) => field.kind !== "note" && !field.fargate);
  const model = Object.fromEntries(usable.map(([key, field]) => [key, fieldArbitrary(field, place ? `${place}.${key}` : key)]));
  const needed = usable.filter(
    ([, field]) => "required" in field && field.required && !("default" in field && field.default !== undefined),
  );
  return fc.record(model, { requiredKeys: needed.map(([key]) => key) }) as fc.Arbitrary<JsonObject>;
}

// biome-ignore lint/suspicious/noExplicitAny: repairs reach into documents of every shape
type Loose = any;

/** Makes values that are right by themselves fit together. */
function fitting(profile: Loose): JsonObject {
  const { containers, volumes = [], taskSize, deployment = {}, tags, loadBalancerMappings = [] } = profile;
  profile.taskSize = { ...taskSize, cpu: taskSize?.cpu ?? 256 };
  const sizes = memorySizes(profile.taskSize.cpu);
  profile.taskSize.memory = sizes[(taskSize?.memory ?? 0) % sizes.length];
  profile.volumes = uniqueBy(volumes, (volume: Loose) => volume.name).map(fittingVolume);
  profile.containers = uniqueBy(containers, (container: Loose) => container.name);
  const router = profile.containers.find((container: Loose) => container.firelens)?.name;
  const ports = new Set<string>();
  for (const [at, container] of profile.containers.entries()) fittingContainer(container, at, profile, router, ports);
  if (tags?.additional) tags.additional = uniqueBy(tags.additional, (tag: Loose) => tag.key);
  profile.loadBalancerMappings = uniqueBy(
    loadBalancerMappings.flatMap((mapping: Loose) => {
      const container = profile.containers.find(({ portMappings }: Loose) => portMappings?.length > 0);
      return container ? [{ ...mapping, containerName: container.name, containerPort: container.portMappings[0].containerPort }] : [];
    }),
    (mapping: Loose) => mapping.targetGroupArn,
  );
  fittingDeployment(deployment, profile);
  return { version: 1, name: "generated", ...profile };
}

function uniqueBy(rows: Loose[], key: (row: Loose) => unknown): Loose[] {
  return rows.filter((row, at) => rows.findIndex((other) => key(other) === key(row)) === at);
}

function fittingVolume(volume: Loose): Loose {
  if (volume.type !== "efs") return volume;
  const { rootDirectory, ...rest } = volume;
  const base = { ...rest, fileSystemId: rest.fileSystemId ?? "fs-0123456789abcdef0" };
  if (rest.accessPointId) return { ...base, encryptionInTransit: true };
  return { ...base, ...(rootDirectory ? { rootDirectory } : {}), ...(rest.iamAuthorization ? { encryptionInTransit: true } : {}) };
}

function fittingContainer(container: Loose, at: number, profile: Loose, router: string | undefined, ports: Set<string>): void {
  const count = profile.containers.length;
  const earlier = profile.containers.slice(0, at);
  if (at === 0) container.essential = true;
  if (container.cpu) container.cpu = Math.min(container.cpu, Math.floor(profile.taskSize.cpu / count));
  if (container.memory) container.memory = Math.max(8, Math.min(container.memory, Math.floor(profile.taskSize.memory / count)));
  if (container.memoryReservation) container.memoryReservation = Math.min(container.memoryReservation, 7, (container.memory ?? 9) - 1);
  container.portMappings = (container.portMappings ?? []).filter((port: Loose) => {
    const key = `${port.containerPort}/${port.protocol ?? "tcp"}`;
    const free = !ports.has(key) && !(port.name && ports.has(port.name));
    if (free) ports.add(key).add(port.name);
    return free;
  });
  container.environment = uniqueBy(container.environment ?? [], (row) => row.name).map(({ name, value, valueFrom }) =>
    value === undefined && valueFrom ? { name, valueFrom } : { name, value: value ?? "" },
  );
  const volumes: Loose[] = profile.volumes;
  container.mountPoints =
    volumes.length === 0
      ? []
      : uniqueBy(container.mountPoints ?? [], (row) => row.containerPath).map((row, index) => ({
          ...row,
          sourceVolume: volumes[index % volumes.length].name,
        }));
  const others = (rows: Loose[] | undefined, key: string) =>
    uniqueBy(
      (rows ?? []).slice(0, earlier.length).map((row, index) => ({ ...row, [key]: earlier[index].name })),
      (row) => row[key],
    );
  container.volumesFrom = others(container.volumesFrom, "sourceContainer");
  container.dependsOn = others(container.dependsOn, "containerName").map((row, index) => {
    const other = earlier[index];
    if (row.condition === "HEALTHY") return { ...row, condition: other.healthCheck ? "HEALTHY" : "START" };
    return { ...row, condition: other.essential === false ? row.condition : "START" };
  });
  const check = container.healthCheck;
  if (check?.command.length > 1) check.command = ["CMD", ...check.command];
  if (container.ulimits)
    container.ulimits = container.ulimits
      .slice(0, 1)
      .map((row: Loose) => ({ name: "nofile", softLimit: Math.min(row.softLimit, row.hardLimit), hardLimit: row.hardLimit }));
  if (container.firelens) fittingRouter(container, router);
  fittingLogging(container, router);
}

function fittingRouter(container: Loose, router: string | undefined): void {
  if (container.name !== router) delete container.firelens;
  else if ((container.firelens.configFileType ?? "none") !== "none")
    Object.assign(container.firelens, { configFileType: "file", configFileValue: "/extra.conf" });
}

function fittingLogging(container: Loose, router: string | undefined): void {
  const { logging } = container;
  if (!logging) return;
  if (logging.retentionInDays) logging.retentionInDays = 30;
  if (logging.secretOptions) logging.secretOptions = uniqueBy(logging.secretOptions, (row) => row.name);
  if (logging.type !== "manual") return;
  logging.logDriver ??= "awslogs";
  if (logging.logDriver === "awsfirelens" && (router === undefined || router === container.name)) logging.logDriver = "none";
  const needed =
    { awslogs: ["awslogs-group", "awslogs-region", "awslogs-stream-prefix"], splunk: ["splunk-token", "splunk-url"] }[
      logging.logDriver as "awslogs"
    ] ?? [];
  logging.options = {
    ...logging.options,
    ...Object.fromEntries(needed.map((name) => [name, name === "awslogs-region" ? "eu-west-1" : "x"])),
  };
}

function fittingDeployment(deployment: Loose, profile: Loose): void {
  if (profile.loadBalancerMappings.length === 0) delete deployment.healthCheckGracePeriodSeconds;
  if (!profile.configuration.taskRole) delete deployment.enableExecuteCommand;
  if (deployment.minimumHealthyPercent !== undefined) deployment.minimumHealthyPercent %= 101;
  if (deployment.maximumPercent !== undefined) deployment.maximumPercent = 200 + (deployment.maximumPercent % 100);
  const { threshold } = deployment.circuitBreaker ?? {};
  if (threshold) threshold.value = 1 + (threshold.value % 100);
  if (deployment.capacityProviders) {
    deployment.capacityProviders = uniqueBy(deployment.capacityProviders, (row) => row.provider).map((row, at) => ({
      ...row,
      weight: row.weight || 1,
      base: at === 0 ? (row.base ?? 0) : 0,
    }));
  }
  const options = profile.deploymentOptions;
  if (options?.wait === "waitWithTimeout") options.timeoutMinutes ??= 30;
}

/** Profile documents without errors, over all fields that Fargate takes. */
export const validProfile: fc.Arbitrary<JsonObject> = fieldsArbitrary(
  Object.fromEntries(sections.map(({ key, field }) => [key, field])),
  "",
).map((profile) => fitting(structuredClone(profile)));
