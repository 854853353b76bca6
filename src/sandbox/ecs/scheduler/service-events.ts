import type { Context } from "../../service.ts";
import type { EcsService } from "../state.ts";

const KEPT = 100;

/** Adds a line to a service's events, which begin with the service's name; the newest comes first. */
export function say(service: EcsService, ctx: Context, message: string): void {
  service.events.unshift({ id: ctx.uuid(), createdAt: ctx.now(), message: `(service ${service.name}) ${message}` });
  if (service.events.length > KEPT) service.events.length = KEPT;
}

/** Has the scheduler look at a service within `delayMs`, unless it will sooner anyway. */
export function wake(service: EcsService, delayMs: number, ctx: Context): void {
  const at = ctx.now() + delayMs;
  if (service.tick && service.tick.at <= at && service.tick.at >= ctx.now()) return;
  if (service.tick) ctx.unschedule(service.tick.event);
  const event = ctx.schedule(delayMs, "ecs:service", { cluster: service.cluster, service: service.name });
  service.tick = { event, at };
}

/** Has the scheduler look at the service a task belongs to. */
export function wakeOwner(owner: { cluster: string; service?: string }, delayMs: number, ctx: Context): void {
  const service = owner.service === undefined ? undefined : ctx.state.ecs.services[`${owner.cluster}/${owner.service}`];
  if (service) wake(service, delayMs, ctx);
}
