import { invalidParameter } from "./errors.ts";

function start(token: unknown): number {
  if (typeof token !== "string" || token === "") return 0;
  const offset = /^from:(\d+)$/.exec(Buffer.from(token, "base64url").toString())?.[1];
  if (offset === undefined) throw invalidParameter("Invalid token.");
  return Number(offset);
}

/** A page of at most `maxResults` (100 unless said otherwise) items after `nextToken`, and the token of the next page. */
export function page<T>(
  all: readonly T[],
  input: { nextToken?: unknown; maxResults?: unknown },
  most = 100,
): { items: T[]; nextToken?: string } {
  const size = input.maxResults === undefined ? most : Number(input.maxResults);
  if (!Number.isInteger(size) || size < 1 || size > most) throw invalidParameter(`maxResults must be between 1 and ${most}`);
  const from = start(input.nextToken);
  const items = all.slice(from, from + size);
  const next = from + size;
  return next < all.length ? { items, nextToken: Buffer.from(`from:${next}`).toString("base64url") } : { items };
}
