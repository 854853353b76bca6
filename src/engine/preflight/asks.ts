/** What the task execution role is used for, as IAM actions on resources. */
import { parseArn, partitionOf } from "../rules/arn.ts";
import type { Path } from "../schema.ts";
import { logsManually } from "../template/parameters.ts";
import { ecrImagesOf } from "./images.ts";
import { secretsOf } from "./secrets.ts";
import type { Subject } from "./subject.ts";

/** Something the role must be allowed to do. */
export interface Ask {
  readonly actions: readonly string[];
  readonly resource: string;
  /** For a person: `pull shop/web`. */
  readonly purpose: string;
  /** The cause of the catalogue that follows from a refusal, and which of its steps is about permissions; absent: the first. */
  readonly cause: string;
  readonly step?: number;
  /** What it is needed for, in the profile. */
  readonly for: Path;
  /** The resource may have a policy of its own that lets the role in. */
  readonly ownPolicy?: "secret" | "other";
}

const pull = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];

/** Everything the role is asked for; `account` is the one deployed to. */
export function asksOf(subject: Subject, account: string): readonly Ask[] {
  const { region, step } = subject;
  const partition = partitionOf(region);
  const images = ecrImagesOf(subject);
  const login = images.slice(0, 1).map(
    ({ path }): Ask => ({
      actions: ["ecr:GetAuthorizationToken"],
      resource: "*",
      purpose: "ask ECR for a login",
      cause: "ecr-auth-denied",
      for: path,
    }),
  );
  const pulls = images.map(
    ({ path, value: { ecr } }): Ask => ({
      actions: pull,
      resource: `arn:${partition}:ecr:${ecr.region}:${ecr.account}:repository/${ecr.repository}`,
      purpose: `pull ${ecr.repository}`,
      cause: "pull-access-denied-iam",
      for: path,
      ownPolicy: "other",
    }),
  );
  const secrets = secretsOf(subject).map(
    ({ path, value: { kind, arn, name } }): Ask =>
      kind === "secret"
        ? {
            actions: ["secretsmanager:GetSecretValue"],
            resource: arn,
            purpose: `read the secret ${name}`,
            cause: "secret-access-denied",
            for: path,
            ownPolicy: "secret",
          }
        : {
            actions: ["ssm:GetParameters"],
            resource: arn,
            purpose: `read the parameter ${name}`,
            cause: "secret-access-denied",
            for: path,
          },
  );
  const files = step.containers.flatMap(({ environmentFiles = [] }, at) =>
    environmentFiles.flatMap((file, row): Ask[] =>
      parseArn(file)
        ? [
            {
              actions: ["s3:GetObject"],
              resource: file,
              purpose: `read ${file}`,
              cause: "env-file-fetch",
              step: 1,
              for: ["containers", at, "environmentFiles", row],
              ownPolicy: "other",
            },
          ]
        : [],
    ),
  );
  return unique([...login, ...pulls, ...secrets, ...files, ...logsOf(subject, account, partition)]);
}

function logsOf({ step, names, region }: Subject, account: string, partition: string): readonly Ask[] {
  const groups = step.containers.flatMap((container, at): Ask[] => {
    const { options = {}, logDriver } = container.logging;
    const manual = logsManually(container);
    if (manual && logDriver !== "awslogs") return [];
    const group = manual ? options["awslogs-group"] : names.logGroupName;
    const place = (manual && options["awslogs-region"]) || region;
    if (group === undefined || `${group}${place}`.includes("#{")) return [];
    const creates = manual && options["awslogs-create-group"] === "true";
    const arn = `arn:${partition}:logs:${place}:${account}:log-group:${group}`;
    const path = ["containers", at, "logging"];
    const write: Ask = {
      actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
      resource: `${arn}:log-stream:ecs`,
      purpose: `write to the log group ${group}`,
      cause: "log-driver-init-failed",
      for: path,
    };
    return creates
      ? [
          write,
          {
            ...write,
            actions: ["logs:CreateLogGroup"],
            resource: `${arn}:log-stream:`,
            purpose: `make the log group ${group}`,
            cause: "log-group-create-denied",
          },
        ]
      : [write];
  });
  return groups;
}

function unique(asks: readonly Ask[]): readonly Ask[] {
  const key = ({ actions, resource }: Ask) => `${actions.join()} ${resource}`;
  return asks.filter((ask, at) => asks.findIndex((other) => key(other) === key(ask)) === at);
}
