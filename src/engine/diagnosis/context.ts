/** What explanations may use to speak of the user's own things. All of it is optional. */

/** What is known of a subnet. */
export interface SubnetFacts {
  readonly id: string;
  readonly name?: string;
  /** Where its route for 0.0.0.0/0 leads. */
  readonly route?: "internet" | "nat" | "none";
  /** The AWS services with a VPC endpoint usable from it, e.g. `ecr.api`, `ecr.dkr`, `s3`, `logs`, `secretsmanager`. */
  readonly endpoints?: readonly string[];
}

/** Facts discovered in the account. */
export interface ExplainFacts {
  readonly account?: string;
  readonly vpcId?: string;
  readonly subnets?: readonly SubnetFacts[];
  /** The newest tags of a repository, newest first, by repository name, e.g. `shop/web`. */
  readonly newestTags?: Readonly<Record<string, readonly string[]>>;
  readonly logGroup?: string;
  readonly serviceName?: string;
  /** The service's logical id in the stack. */
  readonly serviceResource?: string;
  readonly stackName?: string;
}

/** What an explanation may know besides the message. */
export interface ExplainContext {
  /** The profile's effective values, as in the file: `{target: {…}, containers: […], …}`. */
  readonly profile?: Readonly<Record<string, unknown>>;
  /** The name under which the profile is saved. */
  readonly profileName?: string;
  /** The container the message is about. */
  readonly container?: string;
  readonly exitCode?: number;
  readonly facts?: ExplainFacts;
}

/** Reads a value of the profile by keys and row numbers; undefined when there is none. */
export function valueAt(root: unknown, ...path: readonly (string | number)[]): unknown {
  let value = root;
  for (const key of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Record<string | number, unknown>)[key];
  }
  return value;
}

/** The value as text: texts and numbers, unless they are unresolved expressions. */
export function textAt(root: unknown, ...path: readonly (string | number)[]): string | undefined {
  const value = valueAt(root, ...path);
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" && !value.includes("#{") ? value : undefined;
}

/** The rows of a list of the profile. */
export function rowsAt(root: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const value = valueAt(root, ...path);
  return Array.isArray(value) ? value : [];
}
