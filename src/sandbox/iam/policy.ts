import { AwsError } from "../errors.ts";
import type { PolicyDocument, Statement } from "./state.ts";

const malformed = (message: string): AwsError => new AwsError("MalformedPolicyDocument", message);

/** One or several of something, as a list. */
export const asList = <T>(value: T | readonly T[] | undefined): readonly T[] => {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as T];
};

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);

const known = new Set(["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"]);

const checkActions = (statement: Statement): void => {
  const actions = [...asList(statement.Action), ...asList(statement.NotAction)];
  if (actions.length === 0) throw malformed("Policy statement must contain actions.");
  for (const action of actions) {
    if (typeof action !== "string") throw malformed("Syntax errors in policy.");
    if (action !== "*" && !/^[A-Za-z0-9-]+:.+$/.test(action)) {
      throw malformed("Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
    }
  }
};

const checkResources = (statement: Statement): void => {
  const resources = [...asList(statement.Resource), ...asList(statement.NotResource)];
  if (resources.length === 0) throw malformed("Policy statement must contain resources.");
  for (const resource of resources) {
    if (resource !== "*" && !/^arn:/.test(String(resource))) throw malformed(`Resource ${resource} must be in ARN format or "*".`);
  }
};

const checkTrust = (statement: Statement): void => {
  if ("Resource" in statement || "NotResource" in statement) throw malformed("Has prohibited field Resource");
  if (statement.Principal === undefined) throw malformed("Missing required field Principal");
  for (const action of asList(statement.Action)) {
    if (!/^(sts:|\*$)/i.test(action)) throw malformed("AssumeRole policy may only specify STS AssumeRole actions.");
  }
  if (!isObject(statement.Principal)) return;
  for (const service of asList(statement.Principal["Service"])) {
    if (!/^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(service)) throw malformed(`Invalid principal in policy: "SERVICE":"${service}"`);
  }
  for (const principal of asList(statement.Principal["AWS"])) {
    if (principal !== "*" && !/^(\d{12}|arn:aws[\w-]*:(iam|sts)::\d{12}:.+)$/.test(principal)) {
      throw malformed(`Invalid principal in policy: "AWS":"${principal}"`);
    }
  }
};

/** Reads a policy document; throws IAM's MalformedPolicyDocument for what is none. */
export const parsePolicy = (text: string, kind: "identity" | "trust"): PolicyDocument => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw malformed("This policy contains invalid Json");
  }
  if (!isObject(value) || value["Statement"] === undefined) throw malformed("Syntax errors in policy.");
  const { Version, ...rest } = value;
  if (Version !== undefined && Version !== "2012-10-17" && Version !== "2008-10-17") throw malformed("Syntax errors in policy.");
  for (const key of Object.keys(rest)) if (key !== "Statement" && key !== "Id") throw malformed("Syntax errors in policy.");
  const document = { Version: Version ?? "2008-10-17", ...rest } as unknown as PolicyDocument;
  for (const statement of asList(document.Statement)) {
    if (!isObject(statement) || Object.keys(statement).some((key) => !known.has(key))) throw malformed("Syntax errors in policy.");
    if (statement.Effect !== "Allow" && statement.Effect !== "Deny") throw malformed("Syntax errors in policy.");
    checkActions(statement);
    if (kind === "trust") checkTrust(statement);
    else {
      if ("Principal" in statement) throw malformed("Policy document should not specify a principal.");
      checkResources(statement);
    }
  }
  return document;
};
