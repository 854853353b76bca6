/** A manifest of AWS Copilot (https://aws.github.io/copilot-cli/docs/manifest/overview/) as a profile. */
import type { Json, JsonObject } from "../schema.ts";
import { isObject } from "../values/reading.ts";
import { toSeconds } from "./amounts.ts";
import { type Bag, isEmpty, openBag, said } from "./bag.ts";
import { asName, fromText, type Imported, imported, notImported } from "./imported.ts";

/** Reads a service's manifest. Never throws; builds, routing, environments and overrides are listed, for Copilot made resources of them. */
export function importCopilot(text: string): Imported {
  return fromText(text, "a Copilot manifest", (document) => {
    const name = document["name"];
    if (typeof name !== "string" || !isObject(document["image"])) {
      return notImported("This is not a manifest of a Copilot service: it has no name and image.", "Give copilot/SERVICE/manifest.yml.");
    }
    const bag = openBag(document);
    bag.choose("type", ["backend service", "load balanced web service", "worker service"]);
    const profile = profileOf(bag, asName(bag.take("name")));
    return imported(profile, bag.rest());
  });
}

function profileOf(bag: Bag, name: string): JsonObject {
  const storage = bag.open("storage");
  const volumes = storage.open("volumes");
  const keys = volumes.keys();
  const opened = keys.map((key) => ({ key, bag: volumes.open(key) }));
  const sidecars = bag.open("sidecars");
  const logging = bag.open("logging");
  const main = {
    name,
    ...said({
      ...container(bag.open("image"), bag),
      readonlyRootFilesystem: storage.take("readonly_fs"),
      mountPoints: opened.map(({ key, bag: volume }) => mountOf(key, volume)),
      logging: said({ retentionInDays: logging.take("retention") }),
    }),
  };
  return {
    version: 1,
    name,
    configuration: { name },
    ...said({
      taskSize: said({
        cpu: bag.take("cpu"),
        memory: bag.take("memory"),
        cpuArchitecture: architecture(bag),
        ephemeralStorageGiB: storage.take("ephemeral"),
      }),
      deployment: said({ desiredCount: count(bag), enableExecuteCommand: bag.take("exec") }),
    }),
    containers: [main, ...sidecars.keys().map((key) => sidecar(key, sidecars.open(key)))],
    ...said({ volumes: opened.map(({ key, bag: volume }) => volumeOf(key, volume)) }),
  };
}

/** What the main container and sidecars say alike; `image` holds what the manifest keeps under that key for the main one. */
function container(image: Bag, bag: Bag): Record<string, Json | undefined> {
  return {
    image: image.take("location"),
    repositoryCredentials: said({ secretArn: image.take("credentials") }),
    portMappings: portOf(image.take("port")),
    healthCheck: healthCheck(image.open("healthcheck")),
    dependsOn: dependencies(image.take("depends_on")),
    dockerLabels: image.take("labels"),
    entryPoint: words(bag.take("entrypoint")),
    command: words(bag.take("command")),
    environment: [...variables(bag), ...secrets(bag)],
  };
}

function sidecar(name: string, bag: Bag): JsonObject {
  const image = bag.peek("image");
  return {
    name: asName(name),
    ...said({
      ...container(bag, bag),
      image: typeof image === "string" ? bag.take("image") : bag.open("image").take("location"),
      repositoryCredentials: said({ secretArn: bag.take("credentialsParameter") }),
      essential: bag.take("essential"),
      mountPoints: bag
        .rows("mount_points")
        .flatMap(
          (row) =>
            said({ sourceVolume: asName(row.take("source_volume")), containerPath: row.take("path"), readOnly: row.take("read_only") }) ??
            [],
        ),
    }),
  };
}

function architecture(bag: Bag): string | undefined {
  const platform = bag.choose("platform", ["linux/x86_64", "linux/amd64", "linux/arm64"]);
  if (platform === undefined) return undefined;
  return platform === "linux/arm64" ? "ARM64" : "X86_64";
}

/** Only a plain count; scaling rules have no place and stay behind. */
function count(bag: Bag): Json | undefined {
  return typeof bag.peek("count") === "number" ? bag.take("count") : undefined;
}

function portOf(value: Json | undefined): Json {
  const [, port, protocol] = /^(\d+)(?:\/(tcp|udp))?$/.exec(String(value ?? "")) ?? [];
  return port === undefined ? [] : [{ containerPort: Number(port), ...(protocol ? { protocol } : {}) }];
}

function words(value: Json | undefined): Json | undefined {
  if (typeof value !== "string") return value;
  return /["'$\\|&;<>]/.test(value) ? ["sh", "-c", value] : value.split(/\s+/).filter(Boolean);
}

/** Variables with a plain value; those taken from other stacks stay behind. */
function variables(bag: Bag): JsonObject[] {
  const inner = bag.open("variables");
  return inner.keys().flatMap((name) => (typeof inner.peek(name) === "object" ? [] : [{ name, value: inner.take(name) ?? "" }]));
}

/** Secrets by the name of a parameter, or as an object with the name of a secret. */
function secrets(bag: Bag): JsonObject[] {
  const inner = bag.open("secrets");
  return inner.keys().flatMap((name) => {
    const value = inner.peek(name) ?? null;
    if (typeof value === "string") return [{ name, valueFrom: inner.take(name) ?? "" }];
    const secret = inner.open(name).take("secretsmanager");
    return isEmpty(secret) ? [] : [{ name, valueFrom: secret ?? "" }];
  });
}

const conditions: Readonly<Record<string, string>> = { start: "START", healthy: "HEALTHY", complete: "COMPLETE", success: "SUCCESS" };

function dependencies(value: Json | undefined): Json {
  if (!isObject(value)) return [];
  return Object.entries(value).map(([name, how]) => ({ containerName: asName(name), condition: conditions[String(how)] ?? how }));
}

function healthCheck(bag: Bag): JsonObject | undefined {
  return said({
    command: bag.take("command"),
    interval: toSeconds(bag.take("interval")),
    timeout: toSeconds(bag.take("timeout")),
    retries: bag.take("retries"),
    startPeriod: toSeconds(bag.take("start_period")),
  });
}

function mountOf(name: string, bag: Bag): JsonObject {
  // Copilot mounts read-only unless told otherwise.
  return { sourceVolume: asName(name), containerPath: bag.take("path") ?? "", readOnly: bag.take("read_only") ?? true };
}

function volumeOf(name: string, bag: Bag): JsonObject {
  const efs = bag.open("efs");
  const fileSystemId = efs.take("id");
  if (isEmpty(fileSystemId)) return { name: asName(name), type: "bind" };
  const auth = efs.open("auth");
  return {
    name: asName(name),
    type: "efs",
    ...said({
      fileSystemId,
      accessPointId: auth.take("access_point_id"),
      rootDirectory: efs.take("root_dir"),
      iamAuthorization: auth.take("iam"),
    }),
    encryptionInTransit: true,
  };
}
