/** A Compose file (https://github.com/compose-spec/compose-spec) as a profile: its services become the containers of one task. */
import { smallestSize } from "../rules/fargate-sizes.ts";
import type { Json, JsonObject } from "../schema.ts";
import { isObject } from "../values/reading.ts";
import { toMebibytes, toSeconds, toUnits } from "./amounts.ts";
import { type Bag, isEmpty, openBag, said, toNumber, type Unplaced } from "./bag.ts";
import { asName, fromText, type Imported, imported, notImported } from "./imported.ts";

/** Reads a Compose file. Never throws; builds, host paths, networks and whatever else has no place are listed. */
export function importCompose(text: string): Imported {
  return fromText(text, "a Compose file", (document) => {
    if (!isObject(document["services"])) return notImported("This is not a Compose file: it has no services.", "Give a compose.yaml.");
    const bag = openBag(document);
    bag.take("version");
    const name = asName(bag.take("name") ?? Object.keys(document["services"])[0]);
    const lost: Unplaced[] = [];
    const services = bag.open("services");
    const opened = services.keys().map((key) => {
      const service = services.open(key);
      return { name: asName(key), service, deploy: service.open("deploy") };
    });
    // The services of one task run equally often, so that only a single one can say how often.
    const desiredCount = opened.length === 1 ? toNumber(opened[0]?.deploy.take("replicas")) : undefined;
    const containers = opened.map(({ name: own, service, deploy }) => containerOf(own, service, deploy, lost));
    const volumes = bag.open("volumes");
    const named = volumes.keys().map((key) => {
      if (isEmpty(volumes.peek(key))) volumes.take(key);
      return { name: asName(key), type: "bind" };
    });
    const profile: JsonObject = {
      version: 1,
      name,
      configuration: { name },
      ...said({ taskSize: sizeFor(containers) }),
      containers,
      ...said({ deployment: said({ desiredCount }), volumes: named }),
    };
    return imported(profile, [...bag.rest(), ...lost]);
  });
}

/** The smallest task that holds what the containers may use; undefined where the usual one does. */
function sizeFor(containers: readonly JsonObject[]): JsonObject | undefined {
  const sum = (...keys: string[]) =>
    containers.reduce(
      (total, container) => total + Number(keys.map((key) => container[key]).find((value) => typeof value === "number") ?? 0),
      0,
    );
  const [usual, fitting] = [smallestSize(0, 0), smallestSize(sum("cpu"), sum("memory", "memoryReservation"))];
  return fitting?.cpu === usual?.cpu && fitting?.memory === usual?.memory ? undefined : fitting && { ...fitting };
}

function containerOf(name: string, bag: Bag, deploy: Bag, lost: Unplaced[]): JsonObject {
  const limits = deploy.open("resources");
  const hard = limits.open("limits");
  const soft = limits.open("reservations");
  const check = bag.open("healthcheck");
  return {
    name,
    ...said({
      image: bag.take("image"),
      cpu: toUnits(hard.take("cpus")),
      memory: toMebibytes(hard.take("memory") ?? bag.take("mem_limit")),
      memoryReservation: toMebibytes(soft.take("memory") ?? bag.take("mem_reservation")),
      portMappings: listOf(bag, "ports").flatMap((port) => portOf(port, bag.path, lost)),
      healthCheck: healthCheck(check),
      entryPoint: bag.take("entrypoint"),
      command: command(bag.take("command")),
      workingDirectory: bag.take("working_dir"),
      user: bag.take("user"),
      environment: pairs(bag.take("environment")).map(([key, value]) => ({ name: key, value })),
      readonlyRootFilesystem: bag.take("read_only"),
      mountPoints: listOf(bag, "volumes").flatMap((volume) => mountOf(volume, bag.path, lost)),
      dependsOn: dependencies(bag.take("depends_on")),
      stopTimeout: toSeconds(bag.take("stop_grace_period")),
      dockerLabels: Object.fromEntries(pairs(bag.take("labels"))),
      initProcessEnabled: bag.take("init"),
      privileged: bag.take("privileged"),
      networkSettings: said({ dnsServers: bag.take("dns"), dnsSearchDomains: bag.take("dns_search") }),
    }),
  };
}

function listOf(bag: Bag, key: string): Json[] {
  const value = bag.take(key);
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

/** A command of words that hold no quotes is split; another stays one text for a shell. */
function command(value: Json | undefined): Json | undefined {
  if (typeof value !== "string") return value;
  return /["'$\\|&;<>]/.test(value) ? ["sh", "-c", value] : value.split(/\s+/).filter(Boolean);
}

/** Names and values, from an object or from `NAME=value` texts; a name alone has no value here. */
function pairs(value: Json | undefined): [string, Json][] {
  if (Array.isArray(value)) {
    return value.map((item) => {
      const [, name = "", text = ""] = /^([^=]*)=?(.*)$/s.exec(String(item)) ?? [];
      return [name, text];
    });
  }
  return isObject(value) ? Object.entries(value).map(([name, item]) => [name, item ?? ""]) : [];
}

/** `8080:80/udp`, `80` or `{target, protocol}`; ports of the host and addresses mean nothing on Fargate. */
function portOf(port: Json, path: string, lost: Unplaced[]): JsonObject[] {
  const long = isObject(port) ? { containerPort: port["target"] ?? null, protocol: port["protocol"] ?? null } : undefined;
  const [, target, protocol] = /^(?:.*:)?(\d+)(?:\/(tcp|udp))?$/.exec(String(port)) ?? [];
  const short = target === undefined ? undefined : { containerPort: Number(target), protocol: protocol ?? null };
  const made = said(long ?? short ?? {});
  if (!made) lost.push({ path: `${path}.ports`, value: port });
  return made ? [made] : [];
}

/** A named volume with its path; folders of the host do not exist on Fargate. */
function mountOf(volume: Json, path: string, lost: Unplaced[]): JsonObject[] {
  const long =
    isObject(volume) && (volume["type"] ?? "volume") === "volume"
      ? [volume["source"], volume["target"], volume["read_only"] === true]
      : undefined;
  const [, name, target, mode] = /^([A-Za-z0-9][\w.-]*):(\/[^:]*)(?::(.*))?$/.exec(String(volume)) ?? [];
  const [source, containerPath, readOnly] = long ?? [name, target, /\bro\b/.test(mode ?? "")];
  if (!source || !containerPath) {
    lost.push({ path: `${path}.volumes`, value: volume });
    return [];
  }
  return [{ sourceVolume: asName(source as Json), containerPath: containerPath as Json, ...(readOnly ? { readOnly: true } : {}) }];
}

const conditions: Readonly<Record<string, string>> = {
  service_started: "START",
  service_healthy: "HEALTHY",
  service_completed_successfully: "SUCCESS",
};

function dependencies(value: Json | undefined): Json {
  if (Array.isArray(value)) return value.map((name) => ({ containerName: asName(name), condition: "START" }));
  if (!isObject(value)) return [];
  return Object.entries(value).map(([name, how]) => {
    const condition = isObject(how) ? String(how["condition"] ?? "service_started") : "service_started";
    return { containerName: asName(name), condition: conditions[condition] ?? condition };
  });
}

function healthCheck(bag: Bag): JsonObject | undefined {
  const disabled = bag.take("disable") === true;
  const test = bag.take("test");
  if (disabled) return { command: ["NONE"] };
  return said({
    command: test,
    interval: toSeconds(bag.take("interval")),
    timeout: toSeconds(bag.take("timeout")),
    retries: bag.take("retries"),
    startPeriod: toSeconds(bag.take("start_period")),
  });
}
