import type { Context } from "./service.ts";

/** Keys of temporary credentials with the member names of SSO. */
export interface SessionKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** Gives out temporary credentials; calls made with them come from that principal. */
export const grantSession = (ctx: Context, principalArn: string): SessionKeys => {
  const accessKeyId = `ASIA${ctx.hex(16).toUpperCase()}`;
  ctx.world.sessions = { ...ctx.world.sessions, [accessKeyId]: principalArn };
  return { accessKeyId, secretAccessKey: ctx.hex(40), sessionToken: ctx.hex(64) };
};
