/** A container of an Octopus step as a container of a profile. */
import type { Json, JsonObject } from "../schema.ts";
import { type Bag, isEmpty, lower, said, toBoolean, toNumber, type Unplaced, upper } from "./bag.ts";

/** The container; values that another with the same name replaces are added to `replaced`. */
export function containerOf(bag: Bag, replaced: Unplaced[]): JsonObject {
  const image = bag.open("containerImageReference");
  const storage = bag.open("containerStorage");
  return (
    said({
      name: bag.take("containerName"),
      image: image.take("imageName"),
      repositoryCredentials: credentials(bag.open("repositoryAuthentication")),
      essential: toBoolean(bag.take("essential")),
      cpu: toNumber(bag.take("cpus")),
      memory: toNumber(bag.take("memoryLimitHard")),
      memoryReservation: toNumber(bag.take("memoryLimitSoft")),
      portMappings: bag
        .rows("containerPortMappings")
        .flatMap((row) => rowOf({ containerPort: toNumber(row.take("containerPort")), protocol: lower(row.take("protocol")) })),
      gpus: toNumber(bag.take("gpus")),
      healthCheck: healthCheck(bag),
      entryPoint: words(bag.take("entryPoint")),
      command: single(bag.take("command")),
      workingDirectory: bag.take("workingDirectory"),
      user: bag.take("user"),
      environment: environment(bag, replaced),
      environmentFiles: bag.take("environmentFiles"),
      readonlyRootFilesystem: toBoolean(storage.take("readOnlyRootFileSystem")),
      mountPoints: storage.rows("mountPoints").flatMap((row) =>
        rowOf({
          sourceVolume: row.take("sourceVolume"),
          containerPath: row.take("containerPath"),
          readOnly: toBoolean(row.take("readonly")),
        }),
      ),
      volumesFrom: storage
        .rows("volumeFrom")
        .flatMap((row) => rowOf({ sourceContainer: row.take("sourceContainer"), readOnly: toBoolean(row.take("readonly")) })),
      logging: logging(bag.open("containerLogging"), replaced),
      firelens: firelens(bag),
      dependsOn: bag
        .rows("dependencies")
        .flatMap((row) => rowOf({ containerName: row.take("containerName"), condition: upper(row.take("condition")) })),
      startTimeout: toNumber(bag.take("startTimeout")),
      stopTimeout: toNumber(bag.take("stopTimeout")),
      dockerLabels: mapOf(bag.rows("dockerLabels"), replaced),
      ulimits: bag
        .rows("ulimits")
        .flatMap((row) =>
          rowOf({ name: row.take("limitName"), softLimit: toNumber(row.take("softLimit")), hardLimit: toNumber(row.take("hardLimit")) }),
        ),
      networkSettings: networkSettings(bag.open("networkSettings")),
    }) ?? {}
  );
}

const rowOf = (row: Readonly<Record<string, Json | undefined>>): JsonObject[] => {
  const told = said(row);
  return told ? [told] : [];
};

/** Entry points are one text there, separated by commas. */
function words(value: Json | undefined): Json | undefined {
  return typeof value === "string" ? value.split(",").map((word) => word.trim()) : value;
}

/** The command is one text there, and becomes one item. */
function single(value: Json | undefined): Json | undefined {
  return typeof value === "string" ? [value] : value;
}

function credentials(bag: Bag): JsonObject | undefined {
  return bag.choose("type", ["default", "secretsmanager"]) === "secretsmanager" ? said({ secretArn: bag.take("secretName") }) : undefined;
}

function healthCheck(container: Bag): JsonObject | undefined {
  const bag = container.open("healthCheck");
  const command = bag.take("command");
  if (isEmpty(command)) return undefined;
  return said({
    command,
    interval: toNumber(bag.take("interval")),
    timeout: toNumber(bag.take("timeout")),
    retries: toNumber(bag.take("retries")),
    startPeriod: toNumber(bag.take("startPeriod")),
  });
}

interface Entry {
  readonly secret: boolean;
  readonly key: string;
  readonly value: Json;
  readonly path: string;
}

function entries(rows: readonly Bag[], replaced: Unplaced[]): Entry[] {
  const all = rows.map((row) => ({
    secret: row.choose("type", ["plain", "secret"]) === "secret",
    key: String(row.take("key") ?? ""),
    value: row.take("value") ?? "",
    path: row.path,
  }));
  // As there, the last of several with one name counts, secrets and plain values apart.
  const same = (a: Entry, b: Entry) => a.key === b.key && a.secret === b.secret;
  const last = (entry: Entry) => all.findLast((other) => same(entry, other)) ?? entry;
  for (const entry of all) if (last(entry) !== entry) replaced.push({ path: entry.path, value: { key: entry.key, value: entry.value } });
  return all.filter((entry, at) => all.findIndex((other) => same(entry, other)) === at).map(last);
}

function environment(bag: Bag, replaced: Unplaced[]): Json {
  return entries(bag.rows("environmentVariables"), replaced).map(({ key, value, secret }) =>
    secret ? { name: key, valueFrom: value } : { name: key, value },
  );
}

function mapOf(rows: readonly Bag[], replaced: Unplaced[]): JsonObject {
  return Object.fromEntries(entries(rows, replaced).map(({ key, value }) => [key, value]));
}

function logging(bag: Bag, replaced: Unplaced[]): JsonObject | undefined {
  const options = entries(bag.rows("logOptions"), replaced);
  const secrets = options.filter(({ secret }) => secret);
  const type = lower(bag.take("type"));
  // Where logging is automatic, the form leaves "None" behind.
  if (type === "auto") bag.choose("logDriver", ["none"]);
  return said({
    type,
    logDriver: lower(bag.take("logDriver")),
    options: Object.fromEntries(options.filter(({ secret }) => !secret).map(({ key, value }) => [key, value])),
    secretOptions: secrets.map(({ key, value }) => ({ name: key, valueFrom: value })),
  });
}

function firelens(container: Bag): JsonObject | undefined {
  const bag = container.open("firelensConfiguration");
  if (bag.choose("type", ["disabled", "enabled"]) !== "enabled") return undefined;
  const source = bag.open("customConfigSource");
  return said({
    type: lower(bag.take("firelensType")),
    enableEcsLogMetadata: toBoolean(bag.take("enableEcsLogMetadata")),
    configFileType: lower(source.take("type")),
    configFileValue: source.take("filePath"),
  });
}

/** Only what would change something: networking that is not disabled is the normal case. */
function networkSettings(bag: Bag): JsonObject | undefined {
  const disabled = toBoolean(bag.take("disableNetworking"));
  return said({
    disableNetworking: disabled === false ? undefined : disabled,
    dnsServers: bag.take("dnsServers"),
    dnsSearchDomains: bag.take("dnsSearchDomains"),
    extraHosts: bag.rows("extraHosts").flatMap((row) => rowOf({ hostname: row.take("hostname"), ipAddress: row.take("ipAddress") })),
  });
}
