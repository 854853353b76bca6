import type { Issue } from "../schema.ts";
import type { Step, Volume } from "../sections/index.ts";
import { error, warning } from "./issues.ts";
import { knownNumber, knownText, listed } from "./text.ts";

/** Load balancer mappings lead to a container's port. */
export function* loadBalancerRules({ containers, loadBalancerMappings = [] }: Step): Generator<Issue> {
  const names = containers.map(({ name }) => name);
  if (names.some((name) => knownText(name) === undefined)) return;
  for (const [at, mapping] of loadBalancerMappings.entries()) {
    const name = knownText(mapping.containerName);
    const container = containers.find((candidate) => candidate.name === name);
    if (name === undefined) continue;
    if (!container) {
      yield error(
        ["loadBalancerMappings", at, "containerName"],
        "load-balancer-container",
        `There is no container "${name}" for the load balancer.`,
        `Choose ${
          listed(
            names.map((known) => `"${known}"`),
            "or",
          ) || "a container"
        }.`,
      );
      continue;
    }
    const ports = (container.portMappings ?? []).map(({ containerPort }) => containerPort);
    const port = knownNumber(mapping.containerPort);
    if (port === undefined || ports.some((known) => typeof known === "string" || known === port)) continue;
    yield error(
      ["loadBalancerMappings", at, "containerPort"],
      "load-balancer-port",
      `The container "${name}" has no port ${port}.`,
      ports.length > 0
        ? `Choose ${listed(ports, "or")}, or add a port mapping for ${port}.`
        : `Add a port mapping for ${port} to the container.`,
    );
  }
}

/** EFS volumes say which file system, and their options go together, see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specify-efs-config.html */
export function* volumeRules({ containers, volumes = [], configuration }: Step): Generator<Issue> {
  const mounted = containers.flatMap(({ mountPoints = [] }) => mountPoints.map(({ sourceVolume }) => sourceVolume));
  for (const [at, volume] of volumes.entries()) {
    if (volume.type === "efs") yield* efsRules(volume, at, configuration.taskRole !== undefined);
    const name = knownText(volume.name);
    if (name !== undefined && !mounted.includes(name) && mounted.every((source) => knownText(source) !== undefined)) {
      yield warning(
        ["volumes", at, "name"],
        "unused-volume",
        `No container mounts the volume "${name}".`,
        "Add a mount point to a container, or remove the volume.",
      );
    }
  }
}

function* efsRules(volume: Volume, at: number, hasTaskRole: boolean): Generator<Issue> {
  const path = ["volumes", at];
  if (volume.fileSystemId === undefined) {
    yield error(
      [...path, "fileSystemId"],
      "file-system-missing",
      `The EFS volume "${volume.name}" names no file system.`,
      "Choose the file system, e.g. fs-0123456789abcdef0.",
    );
  }
  const accessPoint = volume.accessPointId;
  const plain = volume.encryptionInTransit === false;
  if (accessPoint !== undefined && plain) {
    yield error(
      [...path, "encryptionInTransit"],
      "access-point-encryption",
      `The access point "${accessPoint}" needs encryption in transit, which is off.`,
      "Set encryptionInTransit to true.",
    );
  }
  const root = knownText(volume.rootDirectory);
  if (accessPoint !== undefined && root !== undefined && root !== "/") {
    yield error(
      [...path, "rootDirectory"],
      "access-point-root",
      `The root directory is "${root}", but the access point "${accessPoint}" has one of its own.`,
      "Remove rootDirectory, or the access point.",
    );
  }
  if (volume.iamAuthorization !== true) return;
  if (plain) {
    yield error(
      [...path, "encryptionInTransit"],
      "iam-authorization-encryption",
      "IAM authorization needs encryption in transit, which is off.",
      "Set encryptionInTransit to true.",
    );
  }
  if (!hasTaskRole) {
    yield warning(
      [...path, "iamAuthorization"],
      "iam-authorization-role",
      "IAM authorization mounts the file system with the task role, but there is none.",
      "Choose a task role that may mount the file system.",
    );
  }
}
