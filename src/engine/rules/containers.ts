import type { Issue } from "../schema.ts";
import type { Container, Step } from "../sections/index.ts";
import { error, warning } from "./issues.ts";
import { knownNumber, knownText, listed, repeated } from "./text.ts";

/** What containers need beside their own fields being right: an essential one, ports of their own, values, secrets that can be read. */
export function* containerRules(step: Step): Generator<Issue> {
  const { containers } = step;
  if (containers.length > 0 && containers.every(({ essential }) => essential === false)) {
    yield error(
      ["containers"],
      "no-essential-container",
      "No container is essential, so the task could never be said to have stopped.",
      "Set essential to true for the container that does the work.",
    );
  }
  yield* portRules(containers);
  for (const [at, container] of containers.entries()) {
    yield* environmentRules(container, at);
    yield* limitRules(container, at);
    yield* imageRules(container, at);
    yield* healthCheckRules(container, at);
  }
  yield* executionRoleRules(step);
}

function* portRules(containers: readonly Container[]): Generator<Issue> {
  const ports = containers.flatMap((container, at) =>
    (container.portMappings ?? []).map((port, row) => ({ port, container, path: ["containers", at, "portMappings", row] as const })),
  );
  const used = repeated(ports, ({ port }) =>
    knownNumber(port.containerPort) === undefined ? undefined : `${port.containerPort}/${port.protocol}`,
  );
  for (const [key, places] of used) {
    for (const place of places.slice(1)) {
      const owner = ports[places[0] ?? 0]?.container.name;
      yield error(
        [...(ports[place]?.path ?? []), "containerPort"],
        "duplicate-port",
        `Port ${key} is already used by the container "${owner}": the containers of a task share one network interface.`,
        "Let this container listen on another port.",
      );
    }
  }
  for (const [name, places] of repeated(ports, ({ port }) => knownText(port.name))) {
    for (const place of places.slice(1)) {
      yield error(
        [...(ports[place]?.path ?? []), "name"],
        "duplicate-port-name",
        `The port name "${name}" is used ${places.length} times.`,
        "Give each port its own name.",
      );
    }
  }
}

function* environmentRules(container: Container, at: number): Generator<Issue> {
  for (const [row, variable] of (container.environment ?? []).entries()) {
    const path = ["containers", at, "environment", row];
    const hasSource = variable.valueFrom !== undefined;
    if (variable.value !== undefined && variable.value !== "" && hasSource) {
      yield error(
        [...path, "valueFrom"],
        "environment-value",
        `The variable "${variable.name}" has both a value and a secret.`,
        "Keep value or valueFrom, not both.",
      );
    }
    if (variable.value === undefined && !hasSource) {
      yield error(
        [...path, "value"],
        "environment-value",
        `The variable "${variable.name}" has no value.`,
        'Give it a value (it may be ""), or valueFrom with the ARN of a secret.',
      );
    }
  }
}

function* limitRules(container: Container, at: number): Generator<Issue> {
  for (const [row, limit] of (container.ulimits ?? []).entries()) {
    const path = ["containers", at, "ulimits", row];
    const soft = knownNumber(limit.softLimit);
    const hard = knownNumber(limit.hardLimit);
    if (soft !== undefined && hard !== undefined && soft > hard) {
      yield error(
        [...path, "softLimit"],
        "ulimit-soft-over-hard",
        `The soft limit of ${soft} is above the hard limit of ${hard}.`,
        "Lower the soft limit or raise the hard one.",
      );
    }
  }
}

function* imageRules(container: Container, at: number): Generator<Issue> {
  const image = knownText(container.image);
  if (image?.endsWith(":latest")) {
    yield warning(
      ["containers", at, "image"],
      "image-latest",
      `"${image}" names whatever was pushed last: deploying again changes nothing that CloudFormation can see, and nobody can tell which version runs.`,
      "Use a tag of its own for each version, or leave the tag out and choose it at each deployment.",
    );
  }
}

function* healthCheckRules({ healthCheck }: Container, at: number): Generator<Issue> {
  const interval = knownNumber(healthCheck?.interval) ?? 30;
  const timeout = knownNumber(healthCheck?.timeout) ?? 5;
  if (healthCheck && timeout > interval) {
    yield warning(
      ["containers", at, "healthCheck", "timeout"],
      "health-check-timeout",
      `A check may take ${timeout} seconds although the next one is due after ${interval}.`,
      "Keep the timeout below the interval.",
    );
  }
}

/** The role the stack creates may pull images and write logs, but reads no secret and no file. */
function* executionRoleRules({ containers, taskExecutionRole }: Step): Generator<Issue> {
  if (taskExecutionRole.roleArn !== undefined) return;
  const uses = (container: Container) => [
    ...((container.environment ?? []).some(({ valueFrom }) => valueFrom !== undefined) ? ["secrets in its environment"] : []),
    ...((container.environmentFiles ?? []).length > 0 ? ["environment files"] : []),
    ...(container.repositoryCredentials ? ["registry credentials"] : []),
    ...((container.logging.secretOptions ?? []).length > 0 ? ["secret log options"] : []),
  ];
  const needs = containers.flatMap((container) => {
    const used = uses(container);
    return used.length > 0 ? [`"${container.name}" has ${listed(used)}`] : [];
  });
  if (needs.length === 0) return;
  yield warning(
    ["taskExecutionRole", "roleArn"],
    "execution-role-secrets",
    `${listed(needs)}, but the role that the stack creates may not read them: the tasks would not start.`,
    "Choose a task execution role that may read them.",
  );
}
