import { invalid } from "../invalid.ts";

/** A page of a list and the token of the next one. */
export interface Page<T> {
  items: T[];
  NextToken?: string;
}

function encode(left: number): string {
  return Buffer.from(`left:${left}`).toString("base64url");
}

function decode(token: string): number {
  const left = /^left:(\d+)$/.exec(Buffer.from(token, "base64url").toString())?.[1];
  if (left === undefined) throw invalid("NextToken is invalid.");
  return Number(left);
}

/**
 * A page of a list whose newest items come first. The token counts the items still to come, so that items added
 * at the front while somebody pages shift nothing.
 */
export function page<T>(newestFirst: readonly T[], token: unknown, size: number): Page<T> {
  const left = typeof token === "string" && token !== "" ? decode(token) : newestFirst.length;
  const start = Math.max(0, newestFirst.length - left);
  const items = newestFirst.slice(start, start + size);
  const after = left - items.length;
  return after > 0 && items.length > 0 ? { items, NextToken: encode(after) } : { items };
}
