import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { type Account, createAccount, type PermissionUse } from "./account.ts";
import type { Clock } from "./clock.ts";
import { control, snapshot } from "./control.ts";
import { dispatch } from "./dispatch.ts";
import type { Fault } from "./faults.ts";
import { faultOfPolicy } from "./permission.ts";
import type { HttpRequest, HttpResponse } from "./protocols/protocol.ts";
import { createWorld } from "./scenarios.ts";
import { services } from "./services.ts";
import { createSaver, loadWorld, type Saver } from "./state-file.ts";
import { startTicking } from "./ticking.ts";
import type { World } from "./world.ts";

/** How a sandbox is started. */
export interface SandboxOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  readonly host?: string;
  /** Scenario names, separated by commas; `default` unless said otherwise. */
  readonly scenario?: string;
  /** Virtual time a real time: 1 real, 10 for watching, hundreds in tests; 0 stands still. */
  readonly speed?: number;
  /** Where the account is kept between runs. */
  readonly stateFile?: string;
  /** Begins anew although the state file holds an account. */
  readonly fresh?: boolean;
  /** Virtual time at which a new account begins, epoch ms; the real time unless said otherwise. */
  readonly now?: number;
  /** What the caller may do, as the JSON of an IAM policy; everything unless said otherwise. */
  readonly callerPolicy?: string;
  /** Hears of every permission that the caller needs, for their calls and for what AWS does for them. */
  readonly onPermission?: (use: PermissionUse) => void;
  /** Hears of bugs of the sandbox itself, which never stop it; by default a process warning. */
  readonly onBug?: (error: unknown, where: string) => void;
}

/** A sandbox that answers at `endpoint` until it is closed. */
export interface Sandbox {
  /** `http://127.0.0.1:PORT`, for AWS_ENDPOINT_URL. */
  readonly endpoint: string;
  readonly port: number;
  readonly account: Account;
  readonly world: World;
  readonly clock: Clock;
  setFaults(faults: readonly Fault[]): void;
  /** Virtual time jumps ahead and everything due happens. */
  advance(ms: number): void;
  /** Saves the account where a state file was given, and stops answering. */
  close(): Promise<void>;
}

const maxBody = 64 * 1024 * 1024;

const readBody = async (message: IncomingMessage): Promise<string | undefined> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= maxBody) chunks.push(chunk);
  }
  return size > maxBody ? undefined : Buffer.concat(chunks).toString("utf8");
};

const readRequest = (message: IncomingMessage, body: string): HttpRequest => {
  const [path = "/", query = ""] = (message.url ?? "/").split("?", 2);
  const headers = Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name, String(value)]));
  return { method: message.method ?? "GET", path, query: new URLSearchParams(query), headers, body };
};

const send = (to: ServerResponse, { status, headers, body }: HttpResponse): void => {
  to.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) });
  to.end(body);
};

const openWorld = (options: SandboxOptions): World => {
  const now = options.now ?? Date.now();
  const saved = options.stateFile && !options.fresh ? loadWorld(options.stateFile) : undefined;
  if (saved) saved.savedAt = Math.max(saved.savedAt, now);
  const world = saved ?? createWorld(options.scenario ?? "default", now);
  if (options.callerPolicy !== undefined) world.callerPolicy = usablePolicy(options.callerPolicy);
  return world;
};

const usablePolicy = (text: string): string => {
  const fault = faultOfPolicy(text);
  if (fault) throw Object.assign(new Error(`it is no IAM policy: ${fault}`), { code: "MalformedPolicyDocument" });
  return text;
};

const listen = (server: Server, port: number, host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });

const stop = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

const warn = (error: unknown, where: string): void => {
  process.emitWarning(`The sandbox has a bug in ${where}: ${error instanceof Error ? error.stack : String(error)}`);
};

const answer = async (
  account: Account,
  message: IncomingMessage,
  response: ServerResponse,
  saver: Saver | undefined,
  onBug: typeof warn,
) => {
  const body = await readBody(message);
  if (body === undefined) {
    send(response, { status: 413, headers: {}, body: "" });
    return;
  }
  const request = readRequest(message, body);
  if (request.path.startsWith("/_sandbox/")) {
    send(response, control(account, request));
    saver?.changed();
    return;
  }
  const { response: verdict, delayMs } = dispatch(account, request, onBug);
  saver?.changed();
  if (delayMs > 0) await sleep(delayMs, undefined, { ref: false });
  if (verdict) send(response, verdict);
  else response.destroy();
};

/** Serves a simulated account on a loopback port; rejects when the port is taken, the scenario unknown, the caller's policy none, or the state file damaged. */
export const startSandbox = async (options: SandboxOptions = {}): Promise<Sandbox> => {
  const onBug = options.onBug ?? warn;
  const { onPermission } = options;
  const world = openWorld(options);
  const account = createAccount({ world, services, speed: options.speed ?? 1, onBug, ...(onPermission ? { onPermission } : {}) });
  const saver = options.stateFile
    ? createSaver(
        options.stateFile,
        () => snapshot(account),
        (error) => onBug(error, `saving ${options.stateFile}`),
      )
    : undefined;
  const server = createServer({ keepAliveTimeout: 60_000 }, (message, response) => {
    answer(account, message, response, saver, onBug).catch(() => response.destroy());
  });
  const host = options.host ?? "127.0.0.1";
  const port = await listen(server, options.port ?? 0, host);
  const ticking = startTicking(account, () => saver?.changed());
  saver?.changed();
  const end = async () => {
    ticking.stop();
    await stop(server);
    saver?.changed();
    saver?.flush();
  };
  let closed: Promise<void> | undefined;
  return {
    endpoint: `http://${host}:${port}`,
    port,
    account,
    clock: account.clock,
    get world() {
      return account.world;
    },
    setFaults(faults) {
      account.world.faults = structuredClone([...faults]);
    },
    advance(ms) {
      account.clock.advance(ms);
      account.settle();
    },
    close() {
      closed ??= end();
      return closed;
    },
  };
};
