import type { Account } from "./account.ts";
import { blobAt } from "./ecr/blobs.ts";
import { type Fault, faultKinds } from "./faults.ts";
import { faultOfPolicy } from "./permission.ts";
import type { HttpRequest, HttpResponse } from "./protocols/protocol.ts";
import { createWorld } from "./scenarios.ts";
import { isWorld } from "./state-file.ts";
import type { World } from "./world.ts";

const reply = (status: number, value: unknown): HttpResponse => ({
  status,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(value),
});

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);

const isFault = (value: unknown): value is Fault =>
  isObject(value) &&
  typeof value["action"] === "string" &&
  /^(?:string|undefined)$/.test(typeof value["principal"]) &&
  faultKinds.some((kind) => kind === value["kind"]);

const clockOf = (account: Account) => ({ now: account.clock.now(), speed: account.clock.speed, pending: account.world.events.length });

const setFaults = (account: Account, body: unknown): HttpResponse => {
  const faults = isObject(body) ? body["faults"] : body;
  if (!Array.isArray(faults) || !faults.every(isFault)) {
    return reply(400, {
      message: `expected a list of {kind: ${faultKinds.join(" | ")}, action, principal?, rate?, times?, delayMs?, explicit?}`,
    });
  }
  account.world.faults = faults;
  return reply(200, { faults });
};

const setClock = (account: Account, body: unknown): HttpResponse => {
  const { speed, advance, advanceMs = advance } = isObject(body) ? body : {};
  if (speed !== undefined && !(typeof speed === "number" && speed >= 0)) return reply(400, { message: "speed is no number from 0" });
  if (advanceMs !== undefined && !(typeof advanceMs === "number" && advanceMs >= 0))
    return reply(400, { message: "advanceMs is no number from 0" });
  if (typeof speed === "number") account.clock.setSpeed(speed);
  if (typeof advanceMs === "number") account.clock.advance(advanceMs);
  account.settle();
  return reply(200, clockOf(account));
};

const setState = (account: Account, body: unknown): HttpResponse => {
  if (!isWorld(body)) return reply(400, { message: "expected an account as GET /_sandbox/state answers it" });
  account.replace(body);
  return reply(200, clockOf(account));
};

const setScenario = (account: Account, body: unknown): HttpResponse => {
  const scenario = isObject(body) ? body["scenario"] : body;
  if (typeof scenario !== "string") return reply(400, { message: 'expected {"scenario": "NAME,NAME"}' });
  account.replace(createWorld(scenario, account.clock.now()));
  return reply(200, { scenario: account.world.scenario });
};

const setCallerPolicy = (account: Account, body: unknown): HttpResponse => {
  if (body === null) delete account.world.callerPolicy;
  else {
    const text = JSON.stringify(body);
    const fault = faultOfPolicy(text);
    if (fault) return reply(400, { message: `expected a policy document, or null: ${fault}` });
    account.world.callerPolicy = text;
  }
  return reply(200, { policy: body });
};

const change: Readonly<Record<string, (account: Account, body: unknown) => HttpResponse>> = {
  "/_sandbox/faults": setFaults,
  "/_sandbox/clock": setClock,
  "/_sandbox/state": setState,
  "/_sandbox/scenario": setScenario,
  "/_sandbox/caller-policy": setCallerPolicy,
};

const show: Readonly<Record<string, (account: Account) => unknown>> = {
  "/_sandbox/faults": ({ world }) => ({ faults: world.faults }),
  "/_sandbox/clock": clockOf,
  "/_sandbox/state": (account) => snapshot(account),
  "/_sandbox/scenario": ({ world }) => ({ scenario: world.scenario }),
  "/_sandbox/caller-policy": ({ world }) => ({ policy: world.callerPolicy === undefined ? null : JSON.parse(world.callerPolicy) }),
};

/** The account as it may be saved: everything due has happened, and `savedAt` is now. */
export const snapshot = (account: Account): World => {
  account.settle();
  account.world.savedAt = account.clock.now();
  return account.world;
};

const blobs = "/_sandbox/blobs/";

/** Answers `/_sandbox/…`, by which tests look into the account and change its faults, time and state. */
export const control = (account: Account, request: HttpRequest): HttpResponse => {
  if (request.path.startsWith(blobs)) {
    const blob = blobAt(account.world, request.path.slice(blobs.length));
    return blob === undefined
      ? reply(404, { message: "no such blob" })
      : { status: 200, headers: { "content-type": "application/json" }, body: blob };
  }
  const read = show[request.path];
  const write = change[request.path];
  if (!read || !write) return reply(404, { message: `no ${request.path} here`, paths: Object.keys(show) });
  if (request.method === "GET") return reply(200, read(account));
  try {
    return write(account, JSON.parse(request.body || "null"));
  } catch (error) {
    return reply(400, { message: (error as Error).message });
  }
};
