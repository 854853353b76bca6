import { AwsError, notSimulated } from "../errors.ts";
import { own, structures, text, texts, whole } from "../input.ts";
import { paginate } from "../paging.ts";
import type { Context, Handler, Input, Output, Service } from "../service.ts";
import type { Parameter } from "./state.ts";

/** The parameter of a name (with a version after a colon or not) or ARN; undefined when there is none. */
export const findParameter = (parameters: Readonly<Record<string, Parameter>>, id: string): Parameter | undefined => {
  if (id.startsWith("arn:")) return Object.values(parameters).find((parameter) => parameter.arn === id);
  const [name = "", version] = id.split(":");
  const parameter = own(parameters, name);
  return version === undefined || version === String(parameter?.version) ? parameter : undefined;
};

const wire = (parameter: Parameter): Output => ({
  Name: parameter.name,
  ARN: parameter.arn,
  Type: parameter.type,
  KeyId: parameter.keyId,
  LastModifiedDate: new Date(parameter.modifiedAt),
  LastModifiedUser: parameter.modifiedBy,
  Description: parameter.description,
  Version: parameter.version,
  Tier: parameter.tier,
  Policies: [],
  DataType: "text",
});

const withValue = (parameter: Parameter, decrypted: boolean): Output => {
  if (parameter.type === "SecureString" && decrypted)
    throw notSimulated(`the value of ${parameter.name}: no secret is kept in the sandbox`);
  return {
    Name: parameter.name,
    ARN: parameter.arn,
    Type: parameter.type,
    Value: parameter.value ?? Buffer.from(`encrypted ${parameter.name}`).toString("base64"),
    Version: parameter.version,
    LastModifiedDate: new Date(parameter.modifiedAt),
    DataType: "text",
  };
};

const readers: Readonly<Record<string, (parameter: Parameter) => string>> = {
  Name: ({ name }) => name,
  Type: ({ type }) => type,
  KeyId: ({ keyId }) => keyId ?? "",
  Path: ({ name }) => name,
  Tier: ({ tier }) => tier,
};

const underPath = (name: string, path: string, recursive: boolean): boolean => {
  const prefix = path.endsWith("/") ? path : `${path}/`;
  return name.startsWith(prefix) && (recursive || !name.slice(prefix.length).includes("/"));
};

const test = (key: string, option: string, actual: string, value: string): boolean => {
  if (key === "Path") return underPath(actual, value, option === "Recursive");
  if (option === "BeginsWith") return actual.startsWith(value);
  return option === "Contains" ? actual.includes(value) : actual === value;
};

const filterOf = (filter: Input): ((parameter: Parameter) => boolean) => {
  const key = String(filter["Key"] ?? "");
  const tag = key.startsWith("tag:") ? key.slice(4) : undefined;
  const read = readers[key];
  if (!read && tag === undefined) {
    throw new AwsError(
      "InvalidFilterKey",
      `The following filter key is not valid: ${key}. Valid filter keys include: [Path, Name, Type, KeyId, Tier, tag:]`,
    );
  }
  const options = ["Equals", "BeginsWith", "Contains", "Recursive", "OneLevel"];
  const option = text(filter["Option"]) ?? (key === "Path" ? "OneLevel" : "Equals");
  if (!options.includes(option))
    throw new AwsError(
      "InvalidFilterOption",
      `The following filter option is not valid: ${option}. Valid options include: [${options.join(", ")}]`,
    );
  const values = texts(filter["Values"]);
  return (parameter) => {
    const actual = tag === undefined ? read?.(parameter) : parameter.tags[tag];
    return actual !== undefined && (values.length === 0 || values.some((value) => test(key, option, actual, value)));
  };
};

const describeParameters: Handler = (input, ctx) => {
  const limit = whole(input["MaxResults"]) ?? 50;
  if (!(limit >= 1 && limit <= 50)) {
    const bound = limit < 1 ? "greater than or equal to 1" : "less than or equal to 50";
    throw new AwsError(
      "ValidationException",
      `1 validation error detected: Value '${input["MaxResults"]}' at 'maxResults' failed to satisfy constraint: Member must have value ${bound}`,
    );
  }
  const older = structures(input["Filters"]).map((filter) => ({ ...filter, Option: "BeginsWith" }));
  const filters = [...older, ...structures(input["ParameterFilters"])].map(filterOf);
  const all = Object.values(ctx.state.ssm.parameters).filter((parameter) => filters.every((filter) => filter(parameter)));
  const { items, next } = paginate(
    all,
    text(input["NextToken"]),
    limit,
    () => new AwsError("InvalidNextToken", "The specified token is not valid."),
  );
  return { Parameters: items.map(wire), NextToken: next };
};

const getParameters: Handler = (input, ctx) => {
  const names = texts(input["Names"]);
  const found = names.map((name) => ({ name, parameter: findParameter(ctx.state.ssm.parameters, name) }));
  return {
    Parameters: found.flatMap(({ parameter }) => (parameter ? [withValue(parameter, input["WithDecryption"] === true)] : [])),
    InvalidParameters: found.flatMap(({ name, parameter }) => (parameter ? [] : [name])),
  };
};

const getParameter: Handler = (input, ctx) => {
  const parameter = findParameter(ctx.state.ssm.parameters, text(input["Name"]) ?? "");
  if (!parameter) throw new AwsError("ParameterNotFound", "");
  return { Parameter: withValue(parameter, input["WithDecryption"] === true) };
};

const arnOf = (name: string, ctx: Context): string =>
  name.startsWith("arn:") ? name : `arn:aws:ssm:${ctx.region}:${ctx.accountId}:parameter/${name.replace(/^\//, "")}`;

/** Parameter Store of Systems Manager; values of secure strings are never kept. */
export const ssm: Service = {
  scope: "ssm",
  protocol: "json",
  apiVersion: "2014-11-06",
  targetPrefix: "AmazonSSM",
  actions: { DescribeParameters: describeParameters, GetParameters: getParameters, GetParameter: getParameter },
  resourceOf: (action, input, ctx) => {
    if (action === "DescribeParameters") return `arn:aws:ssm:${ctx.region}:${ctx.accountId}:*`;
    return arnOf(text(input["Name"]) ?? texts(input["Names"])[0] ?? "*", ctx);
  },
  notes: {
    DescribeParameters: {
      parameters: "Filters, ParameterFilters, MaxResults, NextToken",
      differs: "filters on Name, Type, KeyId, Path, Tier and tags",
    },
    GetParameters: { parameters: "Names, WithDecryption", differs: "secure strings are answered encrypted only" },
    GetParameter: { parameters: "Name, WithDecryption", differs: "secure strings are answered encrypted only" },
  },
};
