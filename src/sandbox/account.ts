import { type Clock, createClock } from "./clock.ts";
import { AwsError } from "./errors.ts";
import { schedule, takeDue, unschedule } from "./events.ts";
import { refuse } from "./faults.ts";
import { asList } from "./iam/policy.ts";
import { nextHex, nextUuid } from "./ids.ts";
import { own } from "./input.ts";
import { mustBeAllowed, type Permission } from "./permission.ts";
import type { Conditions, Context, EventHandler, Input, Output, Service } from "./service.ts";
import type { World } from "./world.ts";

/** A call as it came off the wire. */
export interface Call {
  readonly service: Service;
  readonly action: string;
  readonly input: Input;
  readonly region: string;
  readonly requestId: string;
  /** Where the caller reached the sandbox. */
  readonly endpoint: string;
  /** Whose key signed the call; absent: the sandbox's one identity. */
  readonly accessKeyId?: string;
}

/** A live account: a world, its services and its clock. */
export interface Account {
  readonly world: World;
  readonly clock: Clock;
  readonly services: readonly Service[];
  /** Answers a call after everything that was due before it; throws AwsError. */
  invoke(call: Call): Output;
  /** Runs everything due by now. */
  settle(): void;
  /** Another tree takes the place of this one; time goes on from its `savedAt` or from now, whichever is later. */
  replace(world: World): void;
}

/** How an account is set up; `onBug` hears of exceptions in event handlers, which never stop the account. */
export interface AccountOptions {
  readonly world: World;
  readonly services: readonly Service[];
  readonly clock?: Clock;
  readonly speed?: number;
  readonly onBug?: (error: unknown, kind: string) => void;
  /** Hears of every permission that was needed, before it is refused or not. */
  readonly onPermission?: (use: PermissionUse) => void;
}

/** A permission that the caller needed. */
export interface PermissionUse {
  /** `ecs:CreateService` */
  readonly action: string;
  readonly resources: readonly string[];
  readonly conditions: Conditions;
  /** By a call of the caller's own, or by what AWS did for the caller. */
  readonly by: "caller" | "aws";
}

const permissionOf = (service: Service, input: Input, ctx: Context): Permission => ({
  service,
  action: `${service.scope}:${ctx.action}`,
  resources: service.resourceOf?.(ctx.action, input, ctx) ?? "*",
  ...(service.conditionsOf ? { conditions: service.conditionsOf(ctx.action, input, ctx) } : {}),
});

const refuseRegion = (service: Service): AwsError => {
  if (service.protocol === "ec2") {
    return new AwsError("AuthFailure", "AWS was not able to validate the provided access credentials", { status: 401 });
  }
  const message = "The security token included in the request is invalid.";
  return service.protocol === "query"
    ? new AwsError("InvalidClientTokenId", message, { status: 403 })
    : new AwsError("UnrecognizedClientException", message, { status: service.protocol === "rest-json" ? 403 : 400 });
};

/** Brings a world to life. */
export const createAccount = (options: AccountOptions): Account => {
  let world = options.world;
  let moment: number | undefined;
  const clock = options.clock ?? createClock(world.savedAt, options.speed ?? 1);
  const { services } = options;
  const byScope = new Map(services.map((service) => [service.scope, service]));
  const handlers = new Map<string, EventHandler>(services.flatMap((service) => Object.entries(service.events ?? {})));

  const serviceOf = (scope: string): Service => {
    const service = byScope.get(scope);
    if (!service) throw new Error(`no service "${scope}" in the sandbox`);
    return service;
  };

  const permit = (permission: Permission, ctx: Context, by: PermissionUse["by"]) => {
    const use = { action: permission.action, resources: asList(permission.resources), conditions: permission.conditions ?? {}, by };
    options.onPermission?.(use);
    mustBeAllowed(permission, ctx);
  };

  const contextOf = (of: {
    scope: string;
    action: string;
    region: string;
    principalArn: string;
    requestId: string;
    endpoint: string;
  }): Context => {
    const here = world;
    const state = here.regions[of.region];
    if (!state) throw refuseRegion(serviceOf(of.scope));
    const ctx: Context = {
      ...of,
      world: here,
      state,
      accountId: here.accountId,
      now: () => moment ?? clock.now(),
      schedule: (delayMs, kind, payload) => {
        if (!handlers.has(kind)) throw new Error(`no event handler "${kind}" in the sandbox`);
        return schedule(here, { at: ctx.now() + delayMs, kind, region: of.region, principalArn: of.principalArn, payload });
      },
      unschedule: (id) => unschedule(here, id),
      authorize: (action, resource, conditions) =>
        permit({ service: serviceOf(of.scope), action, resources: resource, ...(conditions ? { conditions } : {}) }, ctx, "aws"),
      call: (scope, action, input) => {
        const inner = contextOf({ ...of, scope, action, requestId: nextUuid(here) });
        const handler = serviceOf(scope).actions[action];
        if (!handler) throw new Error(`no action "${scope}:${action}" in the sandbox`);
        permit(permissionOf(serviceOf(scope), input, inner), inner, "aws");
        return handler(input, inner);
      },
      hex: (length) => nextHex(here, length),
      uuid: () => nextUuid(here),
    };
    return ctx;
  };

  const settle = () => {
    const until = clock.now();
    const events = takeDueUntil(until);
    for (const event of events) {
      moment = event.at;
      try {
        const [scope = "", action = ""] = event.kind.split(":");
        const ctx = contextOf({
          scope,
          action,
          region: event.region,
          principalArn: event.principalArn,
          requestId: nextUuid(world),
          endpoint: "",
        });
        handlers.get(event.kind)?.(event.payload as never, ctx);
      } catch (error) {
        options.onBug?.(error, event.kind);
      } finally {
        moment = undefined;
      }
    }
  };

  function* takeDueUntil(until: number) {
    for (let event = takeDue(world, until); event; event = takeDue(world, until)) yield event;
  }

  return {
    get world() {
      return world;
    },
    clock,
    services,
    settle,
    invoke(call) {
      settle();
      moment = clock.now();
      try {
        const { service, action, region, requestId, endpoint, input, accessKeyId = "" } = call;
        const principalArn = (world.sessions && own(world.sessions, accessKeyId)) ?? world.principalArn;
        const ctx = contextOf({ scope: service.scope, action, region, requestId, endpoint, principalArn });
        refuse(service, `${service.scope}:${action}`, ctx);
        permit(permissionOf(service, input, ctx), ctx, "caller");
        const handler = service.actions[action];
        if (!handler) throw new Error(`no action "${service.scope}:${action}" in the sandbox`);
        return handler(input, ctx);
      } finally {
        moment = undefined;
      }
    },
    replace(next) {
      world = next;
      const ahead = next.savedAt - clock.now();
      if (ahead > 0) clock.advance(ahead);
    },
  };
};
