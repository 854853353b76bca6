import type { Context, EventHandler } from "../service.ts";
import { reconcile } from "./scheduler/reconcile.ts";
import { taskDue } from "./scheduler/task-life.ts";

/** What happens in ECS later, by kind of event. */
export const events: Record<string, EventHandler> = {
  "ecs:task": taskDue,
  "ecs:service": (payload: { cluster: string; service: string }, ctx: Context) => {
    const service = ctx.state.ecs.services[`${payload.cluster}/${payload.service}`];
    if (service) reconcile(service, ctx);
  },
};
