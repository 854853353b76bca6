import { hexOf } from "../ids.ts";

/** The account everything belongs to. */
export const accountId = "123456789012";

/** An id as EC2 and EFS have them, the same in every account: prefix, the digits it begins with, and as many more as make 17. */
export const idOf = (prefix: string, name: string, begins = "0"): string =>
  `${prefix}-${begins}${hexOf(`${prefix} ${name}`, 17 - begins.length)}`;

/** Milliseconds before now, by minutes, hours or days: `ago(now, 2, "h")`. */
export const ago = (now: number, count: number, unit: "m" | "h" | "d"): number =>
  now - count * { m: 60_000, h: 3_600_000, d: 86_400_000 }[unit];
