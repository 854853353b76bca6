import type { Issue } from "../schema.ts";
import type { Container, Step } from "../sections/index.ts";
import { error, warning } from "./issues.ts";
import { isExpression, listed } from "./text.ts";

/** Settings without which a driver refuses to start, see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html */
const neededOptions: Readonly<Record<string, readonly string[]>> = {
  awslogs: ["awslogs-group", "awslogs-region", "awslogs-stream-prefix"],
  splunk: ["splunk-token", "splunk-url"],
};

/** Log drivers have what they need, and FireLens has exactly one router that somebody uses. */
export function* loggingRules({ containers }: Step): Generator<Issue> {
  for (const [at, container] of containers.entries()) yield* driverRules(container, ["containers", at, "logging"]);
  yield* routerRules(containers);
  yield* retentionRules(containers);
}

function* driverRules({ logging }: Container, path: readonly (string | number)[]): Generator<Issue> {
  if (logging.type !== "manual") return;
  const driver = logging.logDriver;
  if (driver === undefined) {
    yield error(
      [...path, "logDriver"],
      "log-driver-missing",
      "Logging is manual, but no log driver is chosen.",
      "Choose awslogs, awsfirelens, splunk or none, or set the type to auto.",
    );
    return;
  }
  const given = [...Object.keys(logging.options ?? {}), ...(logging.secretOptions ?? []).map(({ name }) => name)];
  const lacking = (neededOptions[driver] ?? []).filter((name) => !given.includes(name));
  if (lacking.length > 0) {
    yield error(
      [...path, "options"],
      "log-options",
      `The log driver ${driver} needs ${listed(lacking)}.`,
      `Add ${lacking.length > 1 ? "them" : "it"} to the options.`,
    );
  }
  if (driver === "none" && given.length > 0) {
    yield warning(
      [...path, "options"],
      "log-options-unused",
      "The log driver is none, so its options mean nothing.",
      "Remove the options, or choose a driver.",
    );
  }
}

function* routerRules(containers: readonly Container[]): Generator<Issue> {
  const routers = containers.flatMap((container, at) => (container.firelens ? [{ container, at }] : []));
  const users = containers.flatMap((container, at) =>
    container.logging.logDriver === "awsfirelens" && container.logging.type === "manual" ? [{ container, at }] : [],
  );
  for (const { at, container } of users) {
    const path = ["containers", at, "logging", "logDriver"];
    if (container.firelens) {
      yield error(
        path,
        "firelens-self",
        `"${container.name}" is the log router itself and cannot log through it.`,
        "Choose another log driver for the router, e.g. type auto.",
      );
    } else if (routers.length === 0) {
      yield error(
        path,
        "firelens-router",
        `"${container.name}" logs through FireLens, but no container is a FireLens router.`,
        "Add a container with firelens, e.g. with the image public.ecr.aws/aws-observability/aws-for-fluent-bit:stable.",
      );
    }
  }
  for (const { at, container } of routers.slice(1)) {
    yield error(
      ["containers", at, "firelens"],
      "firelens-single",
      `"${container.name}" is a second FireLens router; a task has one.`,
      "Keep firelens in one container only.",
    );
  }
  for (const { at, container } of routers) yield* routerFile(container, at);
  const [router] = routers;
  if (router && users.length === 0 && containers.every(driverIsKnown)) {
    yield warning(
      ["containers", router.at, "firelens"],
      "firelens-unused",
      `No container logs through "${router.container.name}".`,
      "Set the log driver of the others to awsfirelens, or remove firelens.",
    );
  }
}

function driverIsKnown({ logging }: Container): boolean {
  return !isExpression(logging.type) && !isExpression(logging.logDriver);
}

function* routerFile({ firelens }: Container, at: number): Generator<Issue> {
  const type = firelens?.configFileType;
  if (type === undefined || type === "none") return;
  const path = ["containers", at, "firelens"];
  if (firelens?.configFileValue === undefined) {
    yield error(
      [...path, "configFileValue"],
      "firelens-config-file",
      `The router's configuration comes from ${type === "s3" ? "S3" : "a file"}, but no file is named.`,
      type === "s3" ? "Give the ARN of the S3 object." : "Give the file's path in the image.",
    );
  }
  if (type === "s3") {
    yield warning(
      [...path, "configFileType"],
      "firelens-s3",
      "Fargate's FireLens reads its configuration from the image only; AWS documents S3 for EC2 instances.",
      "Put the file into the router's image and choose file, or use the init variant of aws-for-fluent-bit.",
    );
  }
}

/** There is one log group for the whole task. */
function* retentionRules(containers: readonly Container[]): Generator<Issue> {
  const given = containers.flatMap(({ logging }, at) =>
    logging.type === "auto" && logging.retentionInDays !== undefined ? [{ days: logging.retentionInDays, at }] : [],
  );
  const [first, ...rest] = given;
  for (const { days, at } of rest) {
    if (days === first?.days) continue;
    yield error(
      ["containers", at, "logging", "retentionInDays"],
      "log-retention-conflict",
      `Logs are to be kept for ${days} days here, but for ${first?.days} in the container "${containers[first?.at ?? 0]?.name}": both write to the same log group.`,
      "Give the same number of days, or give it in one container only.",
    );
  }
}
