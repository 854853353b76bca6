import { AwsError } from "../errors.ts";
import { structures, text, texts, whole } from "../input.ts";
import { paginate } from "../paging.ts";
import type { Context, Handler, Input, Output, Service } from "../service.ts";
import { tagList } from "../tags.ts";
import type { Secret } from "./state.ts";

/** The secret of a name, ARN, or ARN without its random end; undefined when there is none. */
export const findSecret = (secrets: Readonly<Record<string, Secret>>, id: string): Secret | undefined =>
  Object.values(secrets).find((secret) => secret.arn === id || secret.name === id || secret.arn.slice(0, -7) === id);

const date = (time: number | undefined): Date | undefined => (time === undefined ? undefined : new Date(time));

const common = (secret: Secret): Output => ({
  ARN: secret.arn,
  Name: secret.name,
  Description: secret.description,
  KmsKeyId: secret.kmsKeyId,
  ...(secret.rotationEnabled ? { RotationEnabled: true } : {}),
  CreatedDate: date(secret.createdAt),
  LastChangedDate: date(secret.changedAt),
  LastAccessedDate: date(secret.accessedAt),
  DeletedDate: date(secret.deletedAt),
  Tags: tagList(secret.tags),
});

const describeSecret: Handler = (input, ctx) => {
  const secret = findSecret(ctx.state.secrets.secrets, text(input["SecretId"]) ?? "");
  if (!secret) throw new AwsError("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
  return { ...common(secret), VersionIdsToStages: secret.versions };
};

const getResourcePolicy: Handler = (input, ctx) => {
  const secret = findSecret(ctx.state.secrets.secrets, text(input["SecretId"]) ?? "");
  if (!secret) throw new AwsError("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
  return { ARN: secret.arn, Name: secret.name };
};

const readers: Readonly<Record<string, (secret: Secret) => readonly string[]>> = {
  name: (secret) => [secret.name],
  description: (secret) => [secret.description ?? ""],
  "tag-key": (secret) => Object.keys(secret.tags),
  "tag-value": (secret) => Object.values(secret.tags),
  all: (secret) => [secret.name, secret.description ?? "", ...Object.keys(secret.tags), ...Object.values(secret.tags)],
};

// A value fits what begins with it, or a word in it; an exclamation mark before it turns that round.
const fits = (actual: readonly string[], value: string): boolean => {
  const negative = value.startsWith("!");
  const wanted = (negative ? value.slice(1) : value).toLowerCase();
  const found = actual.some(
    (each) =>
      each.toLowerCase().startsWith(wanted) ||
      each
        .toLowerCase()
        .split(/[^a-z0-9]+/)
        .some((word) => word.startsWith(wanted)),
  );
  return found !== negative;
};

const filtersOf = (input: Input) => {
  const filters = structures(input["Filters"]).map((filter) => {
    const read = readers[String(filter["Key"])];
    if (!read) {
      throw new AwsError(
        "ValidationException",
        `1 validation error detected: Value '${filter["Key"]}' at 'filters.1.member.key' failed to satisfy constraint: Member must satisfy enum value set: [${Object.keys(readers).join(", ")}]`,
      );
    }
    return { read, values: texts(filter["Values"]) };
  });
  return (secret: Secret): boolean => filters.every(({ read, values }) => values.some((value) => fits(read(secret), value)));
};

const listSecrets: Handler = (input, ctx: Context) => {
  const limit = whole(input["MaxResults"]) ?? 100;
  if (!(limit >= 1 && limit <= 100)) throw new AwsError("InvalidParameterException", "MaxResults must be between 1 and 100.");
  const secrets = Object.values(ctx.state.secrets.secrets)
    .filter((secret) => input["IncludePlannedDeletion"] === true || secret.deletedAt === undefined)
    .filter(filtersOf(input));
  if (input["SortOrder"] === "asc") secrets.reverse();
  const { items, next } = paginate(
    secrets,
    text(input["NextToken"]),
    limit,
    () => new AwsError("InvalidNextTokenException", "Invalid NextToken"),
  );
  return { SecretList: items.map((secret) => ({ ...common(secret), SecretVersionsToStages: secret.versions })), NextToken: next };
};

/** Secrets Manager, without any value of a secret. */
export const secretsManager: Service = {
  scope: "secretsmanager",
  protocol: "json",
  apiVersion: "2017-10-17",
  targetPrefix: "secretsmanager",
  actions: { ListSecrets: listSecrets, DescribeSecret: describeSecret, GetResourcePolicy: getResourcePolicy },
  resourceOf: (_, input, ctx) => {
    const id = text(input["SecretId"]);
    return id ? (findSecret(ctx.state.secrets.secrets, id)?.arn ?? id) : "";
  },
  notes: {
    ListSecrets: {
      parameters: "Filters, IncludePlannedDeletion, SortOrder, MaxResults, NextToken",
      differs: "filters on name, description, tags and all",
    },
    DescribeSecret: { parameters: "SecretId", differs: "no replication, no rotation rules" },
    GetResourcePolicy: { parameters: "SecretId", differs: "no secret has a policy of its own" },
  },
};
