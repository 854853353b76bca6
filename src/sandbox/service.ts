import type { RegionState, World } from "./world.ts";

/** A request's input as parsed from the wire, with the service's own member names; in query protocols every scalar is a text. */
// biome-ignore lint/suspicious/noExplicitAny: inputs are checked by each handler, as a service checks what arrives
export type Input = Record<string, any>;

/** A handler's answer with the member names of the wire; a `Date` is written in the protocol's own timestamp format. */
export type Output = Record<string, unknown>;

/** Condition keys of IAM policies with what they are for one call; keys that are not here are unknown. */
export type Conditions = Readonly<Record<string, string | undefined>>;

/** Everything a handler may use: the account, the region called, who calls, and the virtual time. */
export interface Context {
  readonly world: World;
  /** The state of `region`. */
  readonly state: RegionState;
  readonly accountId: string;
  readonly region: string;
  /** ARN of the caller, as GetCallerIdentity answers it. */
  readonly principalArn: string;
  readonly requestId: string;
  /** Where the caller reached the sandbox, `http://127.0.0.1:PORT`; empty in events. */
  readonly endpoint: string;
  /** SigV4 credential scope of the service called, also its IAM action prefix: `ecs`, `elasticloadbalancing`. */
  readonly scope: string;
  readonly action: string;
  /** Virtual time, epoch ms; in an event handler exactly the time the event was due. */
  now(): number;
  /** Runs the event handler `kind` in `delayMs` of virtual time, in this region and for this caller; answers the event's id. The payload must be JSON. */
  schedule(delayMs: number, kind: string, payload: unknown): string;
  /** Takes a scheduled event back; nothing happens when it already ran. */
  unschedule(eventId: string): void;
  /** Calls another service's action as the same caller; throws AwsError as the wire call would answer it (faults of the kind "denied" included). */
  call(scope: string, action: string, input: Input): Output;
  /** Throws this service's AccessDenied when the caller may not do `action` (`iam:PassRole`) on the resource; for permissions beside the called action's own. */
  authorize(action: string, resource: string, conditions?: Conditions): void;
  /** A deterministic lower-case hexadecimal id of that length. */
  hex(length: number): string;
  /** A deterministic UUID. */
  uuid(): string;
}

/** Answers one action. Synchronous, so that every request is atomic; throws AwsError. */
export type Handler = (input: Input, ctx: Context) => Output;

/** Runs one scheduled event. Its name is `scope:what`, e.g. `ecs:task-started`. */
export type EventHandler = (payload: never, ctx: Context) => void;

/** Where an action of a REST service is found: `{Name}` in the path becomes the input's member `Name`, as do query parameters. */
export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly path: string;
  readonly action: string;
  /** Members that come in headers, by the header's name in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A simulated service, described once: how it is addressed, what it answers, what happens in it later. */
export interface Service {
  /** SigV4 credential scope, which is also the prefix of its IAM actions. */
  readonly scope: string;
  readonly protocol: "query" | "ec2" | "json" | "rest-json";
  /** `Version` of the query protocols, or the first path segment of REST. */
  readonly apiVersion: string;
  /** XML namespace of query protocols' answers. */
  readonly xmlns?: string;
  /** What stands before the action in `X-Amz-Target`. */
  readonly targetPrefix?: string;
  readonly routes?: readonly Route[];
  /** The header with the token of calls that are not signed. */
  readonly bearer?: string;
  /** Code of a throttled call; `ThrottlingException` (JSON) or `Throttling` (XML) unless said otherwise. */
  readonly throttledCode?: string;
  readonly actions: Readonly<Record<string, Handler>>;
  /** Handlers of the events the service schedules, by kind. */
  readonly events?: Readonly<Record<string, EventHandler>>;
  /** The ARNs a call needs permission for; empty where a denial names none, `*` (for actions without resources) unless said otherwise. */
  readonly resourceOf?: (action: string, input: Input, ctx: Context) => string | readonly string[];
  /** The condition keys of the service for a call. */
  readonly conditionsOf?: (action: string, input: Input, ctx: Context) => Conditions;
  /** The supported parameters of each action and what differs from AWS, for the README's table. */
  readonly notes?: Readonly<Record<string, ActionNote>>;
}

/** A row of the README's table. */
export interface ActionNote {
  /** Parameters that are looked at, comma-separated. */
  readonly parameters: string;
  /** How it differs from AWS; absent where no difference is known. */
  readonly differs?: string;
}
