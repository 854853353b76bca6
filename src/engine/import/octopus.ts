/** A "Deploy Amazon ECS Service" step of Octopus Deploy as a profile. */
import type { Issue, Json, JsonObject } from "../schema.ts";
import { isObject, nameOfType } from "../values/reading.ts";
import { cpuUnits, memoryMebibytes } from "./amounts.ts";
import { type Bag, isEmpty, lower, openBag, said, toBoolean, toNumber, type Unplaced, upper } from "./bag.ts";
import { type Imported, imported } from "./imported.ts";
import { containerOf } from "./octopus-container.ts";

const prefix = "Octopus.Action.Aws.Ecs.";

/** The properties that hold JSON text. */
const lists = ["SecurityGroupIds", "SubnetIds", "LoadBalancerMappings", "Volumes", "Containers"].map((name) => `${prefix}Deploy.${name}`);
const jsonKeys = [...lists, `${prefix}Tags`, `${prefix}WaitOption`].map((key) => key.toLowerCase());

/** Reads a step's property bag, or an action, step or process that holds one. Nothing is dropped silently. Never throws. */
export function importOctopus(document: unknown): Imported {
  const found = findProperties(document as Json);
  if (!found) return { profile: {}, unplaced: [], issues: [notAStep(document as Json)] };
  const problems: Issue[] = [];
  const bag = openBag(unpacked(found.properties, problems));
  const replaced: Unplaced[] = [];
  const profile = profileOf(bag, found.name, replaced);
  if (!namesStack(profile)) problems.push(stackOfItsOwn);
  return imported(profile, [...found.beside, ...bag.rest(), ...replaced], problems);
}

const namesStack = ({ target }: JsonObject): boolean => isObject(target) && target["stackName"] !== undefined;

const stackOfItsOwn: Issue = {
  path: ["target", "stackName"],
  severity: "warning",
  rule: "octopus-stack-name",
  message:
    "The step names no stack, so Octopus made the name from the ids of environment and tenant: a deployment from here creates a stack of its own.",
  hint: "To go on with the existing stack, write its name as target.stackName into the profile.",
};

interface Found {
  readonly properties: JsonObject;
  readonly name: string | undefined;
  /** Other steps of the same document. */
  readonly beside: Unplaced[];
}

function findProperties(document: Json): Found | undefined {
  if (!isObject(document)) return undefined;
  if (Object.keys(document).some((key) => key.startsWith(prefix))) return { properties: document, name: undefined, beside: [] };
  const actions = actionsOf(document, "");
  const ecs = actions.filter(
    ({ action }) => isObject(action["Properties"]) && Object.keys(action["Properties"]).some((key) => key.startsWith(prefix)),
  );
  const [first] = ecs;
  const properties = first?.action["Properties"];
  if (!first || !isObject(properties)) return undefined;
  const others = actions.filter((other) => other !== first);
  return {
    properties,
    name: typeof first.action["Name"] === "string" ? first.action["Name"] : undefined,
    beside: others.map(({ action, path }) => ({ path, value: action["Name"] ?? "another action" })),
  };
}

/** The actions of an action, of a step, or of a process. */
function actionsOf(document: JsonObject, path: string): { action: JsonObject; path: string }[] {
  if (isObject(document["Properties"]) && !Array.isArray(document["Actions"])) return [{ action: document, path: path || "action" }];
  const inner = (key: string) => {
    const rows = document[key];
    return Array.isArray(rows)
      ? rows.flatMap((row, at) => (isObject(row) ? actionsOf(row, `${path}${path && "."}${key}[${at}]`) : []))
      : [];
  };
  return [...inner("Steps"), ...inner("Actions")];
}

function notAStep(document: Json | undefined): Issue {
  return {
    path: [],
    severity: "error",
    rule: "octopus-step",
    message: `This is ${document === undefined ? "nothing" : nameOfType(document)}, but not the properties of an ECS step: no key begins with "${prefix}".`,
    hint: "Export the step's action from Octopus as JSON, or give its properties as one JSON object.",
  };
}

/** The properties with JSON texts read. A text with expressions, such as `#{Subnets}`, stays a text. */
function unpacked(properties: JsonObject, problems: Issue[]): JsonObject {
  return Object.fromEntries(
    Object.entries(properties).map(([key, value]) => {
      if (typeof value !== "string" || value === "" || !jsonKeys.includes(key.toLowerCase())) return [key, value];
      try {
        return [key, JSON.parse(value) as Json];
      } catch {
        if (!value.includes("#{")) {
          problems.push({
            path: [],
            severity: "error",
            rule: "octopus-json",
            message: `${key} should hold JSON, but cannot be read.`,
            hint: "Export the step again, or correct this property.",
          });
        }
        return [key, value];
      }
    }),
  );
}

function profileOf(bag: Bag, actionName: string | undefined, replaced: Unplaced[]): JsonObject {
  const ecs = (name: string) => bag.take(`${prefix}${name}`);
  const deploy = (name: string) => ecs(`Deploy.${name}`);
  const name = deploy("ServiceTaskName");
  return {
    version: 1,
    name: typeof name === "string" && !name.includes("#{") ? name : (actionName ?? "imported"),
    ...said({
      target: target(bag, deploy),
      configuration: said({ name, taskRole: deploy("TaskRole") }),
      taskExecutionRole: said({ roleArn: deploy("TaskExecutionRole") }),
      taskSize: said({
        cpu: cpuUnits(deploy("Cpu")),
        memory: memoryMebibytes(deploy("Memory")),
        cpuArchitecture: upper(deploy("RuntimeArchitecturePlatform")),
      }),
      network: said({
        subnets: deploy("SubnetIds"),
        securityGroups: deploy("SecurityGroupIds"),
        assignPublicIp: toBoolean(deploy("AutoAssignPublicIp")),
      }),
      tags: said({ enableEcsManagedTags: toBoolean(deploy("EnableEcsManagedTags")), additional: tags(bag) }),
      containers: bag.rows(`${prefix}Deploy.Containers`).map((row) => containerOf(row, replaced)),
      deployment: said({
        desiredCount: toNumber(deploy("DesiredCount")),
        minimumHealthyPercent: toNumber(deploy("MinimumHealthPercent")),
        maximumPercent: toNumber(deploy("MaximumHealthPercent")),
      }),
      deploymentOptions: waitOption(bag.open(`${prefix}WaitOption`)),
      loadBalancerMappings: bag.rows(`${prefix}Deploy.LoadBalancerMappings`).map(
        (row) =>
          said({
            containerName: row.take("containerName"),
            containerPort: toNumber(row.take("containerPort")),
            targetGroupArn: row.take("targetGroupArn"),
          }) ?? {},
      ),
      volumes: bag.rows(`${prefix}Deploy.Volumes`).map(volume),
    }),
  };
}

function target(bag: Bag, deploy: (name: string) => Json | undefined): JsonObject | undefined {
  const assumes = toBoolean(bag.take("Octopus.Action.Aws.AssumeRole")) === true;
  const role = assumes
    ? said({
        roleArn: bag.take("Octopus.Action.Aws.AssumedRoleArn"),
        sessionName: bag.take("Octopus.Action.Aws.AssumedRoleSession"),
        externalId: bag.take("Octopus.Action.Aws.AssumeRoleExternalId"),
        durationSeconds: toNumber(bag.take("Octopus.Action.Aws.AssumeRoleSessionDurationSeconds")),
      })
    : undefined;
  return said({
    assumeRole: role,
    region: bag.take("Octopus.Action.Aws.Region"),
    cluster: bag.take(`${prefix}ClusterName`),
    stackName: deploy("CFStackName"),
  });
}

function tags(bag: Bag): Json {
  return bag.rows(`${prefix}Tags`).map((row) => {
    const key = row.take("key") ?? "";
    return { key, value: row.take("value") ?? "" };
  });
}

const waits: Readonly<Record<string, string>> = {
  dontwait: "dontWait",
  waituntilcompleted: "waitUntilCompleted",
  waitwithtimeout: "waitWithTimeout",
};

function waitOption(bag: Bag): JsonObject | undefined {
  const type = lower(bag.take("type"));
  const timeout = bag.take("timeoutMinutes");
  const wait = typeof type === "string" ? (waits[type] ?? type) : undefined;
  return said({ wait, timeoutMinutes: isEmpty(timeout) ? undefined : toNumber(timeout) });
}

function volume(row: Bag): JsonObject {
  return (
    said({
      name: row.take("name"),
      type: lower(row.take("type")),
      fileSystemId: row.take("fileSystemId"),
      accessPointId: row.take("accessPointId"),
      rootDirectory: row.take("rootDirectory"),
      encryptionInTransit: toBoolean(row.take("encryptionInTransit")),
      iamAuthorization: toBoolean(row.take("efsIamAuthorization")),
    }) ?? {}
  );
}
