import { createHash } from "node:crypto";
import type { World } from "./world.ts";

const digest = (text: string): string => createHash("sha256").update(text).digest("hex");

/** The next lower-case hexadecimal id of up to 64 digits; the same account hands out the same ids in the same order. */
export const nextHex = (world: World, length: number): string => {
  world.sequence += 1;
  return digest(`${world.accountId}#${world.sequence}`).slice(0, length);
};

const asUuid = (hex: string): string =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;

/** The next UUID, of version 4's form. */
export const nextUuid = (world: World): string => asUuid(nextHex(world, 32));

/** A hexadecimal id that depends on the name alone, for data that must look the same in every account. */
export const hexOf = (name: string, length: number): string => digest(name).slice(0, length);

/** An upper-case id of IAM's form: prefix (`AROA`, `ANPA`, `AIDA`) and 17 letters or digits. */
export const iamId = (prefix: string, name: string): string => {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bytes = createHash("sha256").update(name).digest();
  return prefix + Array.from(bytes.subarray(0, 17), (byte) => alphabet[byte % 32]).join("");
};

/** A pseudo-random number from 0 to below 1, drawn from the world's own sequence. */
export const draw = (world: World): number => {
  world.draws += 1;
  return Number.parseInt(digest(`draw#${world.scenario}#${world.draws}`).slice(0, 12), 16) / 2 ** 48;
};
