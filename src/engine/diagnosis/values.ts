import { avoidable } from "./avoidable.ts";
import { exitMeaning } from "./catalogue/exit-codes.ts";
import { type ExplainContext, rowsAt, textAt } from "./context.ts";
import { knownValues, type Values } from "./fill.ts";
import { parseImageName, shortImageName } from "./image-name.ts";
import { routeFinding } from "./routes.ts";
import { containerRow, environmentRow, mappingRow, volumeRow } from "./rows.ts";

type Captures = Readonly<Record<string, string>>;

const mebibytes = (value: string | undefined): string | undefined => value && `${value} MiB`;
const lastPart = (arn: string | undefined): string | undefined => arn?.slice(arn.lastIndexOf("/") + 1);
const joined = (rows: readonly unknown[]): string | undefined => rows.filter((row) => typeof row === "string").join(" ") || undefined;

function imageValues(image: string | undefined, { profile, facts }: ExplainContext): Values {
  const parts = parseImageName(image ?? "");
  return {
    image,
    imageName: parts && shortImageName(parts),
    hubImage: parts && (parts.registry === undefined || parts.registry === "docker.io") ? image : undefined,
    repository: parts?.repository,
    imageRegion: parts?.region ?? (parts?.registry === undefined ? textAt(profile, "target", "region") : undefined),
    newestTags: parts && facts?.newestTags?.[parts.repository]?.slice(0, 5).join(", "),
  };
}

function containerValues(context: ExplainContext, captures: Captures): Values {
  const { profile, container, exitCode } = context;
  const row = containerRow(context, captures);
  const at = (...path: string[]) => (row === undefined ? undefined : textAt(profile, "containers", row, ...path));
  const source = row === undefined ? undefined : environmentRow(context, captures, row);
  const valueFrom =
    row === undefined || source === undefined ? undefined : textAt(profile, "containers", row, "environment", source, "valueFrom");
  return {
    ...imageValues(captures["image"] ?? at("image"), context),
    container: container ?? at("name"),
    memoryLimit: mebibytes(at("memory")),
    sharedMemory: row === undefined || at("memory") ? undefined : mebibytes(textAt(profile, "taskSize", "memory")),
    healthCheck: row === undefined ? undefined : joined(rowsAt(profile, "containers", row, "healthCheck", "command")),
    // A JSON key and a version follow the seventh colon of a secret's ARN.
    secret: valueFrom?.includes(":secretsmanager:") ? valueFrom.split(":").slice(0, 7).join(":") : undefined,
    parameter: valueFrom?.includes(":secretsmanager:") ? undefined : valueFrom,
    exitCode: exitCode === undefined ? undefined : String(exitCode),
    exitMeaning: exitCode === undefined ? undefined : exitMeaning(exitCode),
  };
}

function stepValues(context: ExplainContext, captures: Captures): Values {
  const { profile, profileName, facts } = context;
  const mapping = mappingRow(context, captures);
  const volume = volumeRow(context, captures);
  const architecture = textAt(profile, "taskSize", "cpuArchitecture") ?? (profile && "X86_64");
  const name = textAt(profile, "configuration", "name");
  return {
    profile: profileName ?? textAt(profile, "name"),
    awsProfile: textAt(profile, "target", "awsProfile"),
    region: textAt(profile, "target", "region"),
    cluster: lastPart(textAt(profile, "target", "cluster")),
    account: facts?.account,
    vpc: facts?.vpcId,
    family: name,
    service: facts?.serviceName,
    serviceResource: facts?.serviceResource,
    stack: facts?.stackName,
    logGroup: facts?.logGroup ?? (name && `/ecs/${name}`),
    executionRole: lastPart(textAt(profile, "taskExecutionRole", "roleArn")),
    taskRole: lastPart(textAt(profile, "configuration", "taskRole")),
    taskCpu: textAt(profile, "taskSize", "cpu"),
    taskMemory: mebibytes(textAt(profile, "taskSize", "memory")),
    disk: textAt(profile, "taskSize", "ephemeralStorageGiB"),
    architecture,
    otherArchitecture: architecture && (architecture === "ARM64" ? "X86_64" : "ARM64"),
    dockerPlatform: architecture && (architecture === "ARM64" ? "linux/arm64" : "linux/amd64"),
    subnets: joined(rowsAt(profile, "network", "subnets")),
    securityGroups: joined(rowsAt(profile, "network", "securityGroups")),
    minimumHealthyPercent: textAt(profile, "deployment", "minimumHealthyPercent"),
    maximumPercent: textAt(profile, "deployment", "maximumPercent"),
    targetGroup: mapping === undefined ? undefined : textAt(profile, "loadBalancerMappings", mapping, "targetGroupArn"),
    port: mapping === undefined ? undefined : textAt(profile, "loadBalancerMappings", mapping, "containerPort"),
    fileSystem: volume === undefined ? undefined : textAt(profile, "volumes", volume, "fileSystemId"),
  };
}

/** How a connection ended, by the error's code. */
function connectionEnd(code: string | undefined): string | undefined {
  if (code === undefined) return undefined;
  if (code === "ECONNREFUSED") return "was refused";
  return /TIMEDOUT|TIMEOUT/i.test(code) ? "took too long" : "broke";
}

const camel = (name: string): string => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

/** All values that the texts of a cause may speak of; what the message says wins over what the profile says. */
export function valuesFor(causeId: string, context: ExplainContext, captures: Captures): Values {
  // The profile a message names is one of the AWS configuration, not the wizard's.
  const { role, service: _, profile: awsProfile = captures["awsProfile"], ...said } = captures;
  const roleName = lastPart(role);
  return {
    ...knownValues(stepValues(context, captures)),
    ...knownValues(containerValues(context, captures)),
    ...knownValues({
      routeFinding: routeFinding(causeId, context, captures),
      executionRole: roleName && /ecr|secret|log/.test(causeId) ? roleName : undefined,
      role,
      end: connectionEnd(said["code"]),
      instead: causeId === "iam-not-authorized" ? avoidable(said["action"])?.how : undefined,
    }),
    ...Object.fromEntries(Object.entries(knownValues(said)).map(([name, value]) => [camel(name), value])),
    ...knownValues({ ...said, awsProfile }),
  };
}
