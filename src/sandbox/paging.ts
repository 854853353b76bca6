import type { AwsError } from "./errors.ts";

/** Some of a list, and the token with which the next part is asked for. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string;
}

const prefix = "sandbox:";

const encode = (offset: number): string => Buffer.from(`${prefix}${offset}`).toString("base64url");

const decode = (token: string): number | undefined => {
  const plain = Buffer.from(token, "base64url").toString("latin1");
  const digits = plain.startsWith(prefix) ? plain.slice(prefix.length) : "";
  return /^\d{1,9}$/.test(digits) && encode(Number(digits)) === token ? Number(digits) : undefined;
};

/** The part of a list that a token (none: the beginning) and a limit select; throws `invalid()` for a token nobody gave out. */
export const paginate = <T>(items: readonly T[], token: string | undefined, limit: number, invalid: () => AwsError): Page<T> => {
  const from = token === undefined ? 0 : decode(token);
  if (from === undefined) throw invalid();
  const until = from + limit;
  return { items: items.slice(from, until), ...(until < items.length ? { next: encode(until) } : {}) };
};
