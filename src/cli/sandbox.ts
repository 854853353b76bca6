import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { Worker } from "node:worker_threads";
import { type CredentialStore, createCredentialStore } from "../aws-discovery/credentials.ts";
import type { Clock } from "../engine/ports.ts";
import { UserError } from "../engine/problem.ts";
import { sanitizeLine } from "../engine/sanitize.ts";
import type { SandboxOptions } from "../sandbox/index.ts";
import { unusable } from "../store/documents.ts";
import { folders } from "../store/folders.ts";
import { makeFolder } from "../store/make-folder.ts";
import { whyNot } from "../store/why-not.ts";
import { createClock } from "./clock.ts";
import type { Io } from "./io.ts";
import { askMfaAt } from "./mfa.ts";
import type { GlobalOptions } from "./options.ts";
import type { ThreadAnswer } from "./sandbox-thread.ts";

/** A running sandbox: its endpoint, and how to end it (which saves its state where one is kept). */
export interface RunningSandbox {
  readonly endpoint: string;
  /** How many times faster than real its clock runs. */
  readonly speed: number;
  close(): Promise<void>;
}

/** The sandbox's clock, unless told otherwise: ten times real, so that a deployment takes seconds and can still be watched. */
const usualSpeed = 10;

function number(flag: string, text: string | undefined, usual: number, max: number): number {
  if (text === undefined) return usual;
  const value = Number(text);
  if (!(value >= 0 && value <= max)) throw new UserError(`${flag} ${text} is no number from 0 to ${max}`);
  return value;
}

const speedOf = ({ sandboxSpeed }: GlobalOptions, usual: number): number =>
  number("--sandbox-speed", sandboxSpeed ?? process.env["ECS_WIZARD_SANDBOX_SPEED"], usual, 100_000);

function mustBeUrl(text: string): void {
  if (URL.canParse(text) && /^https?:/.test(text)) return;
  throw new UserError(`--endpoint-url ${text} is no address`, { hint: "Write it as http://127.0.0.1:4566." });
}

const isLoopback = (url: string | undefined) =>
  url !== undefined && URL.canParse(url) && /^(127\.|localhost$|\[::1\]$)/.test(new URL(url).hostname);

/** Whether the SDK has any place to find credentials in, without asking a metadata service. */
function hasCredentials({ awsProfile }: GlobalOptions): boolean {
  const { env } = process;
  const files = [
    env["AWS_SHARED_CREDENTIALS_FILE"] || join(homedir(), ".aws", "credentials"),
    env["AWS_CONFIG_FILE"] || join(homedir(), ".aws", "config"),
  ];
  const named = [
    "ACCESS_KEY_ID",
    "PROFILE",
    "WEB_IDENTITY_TOKEN_FILE",
    "CONTAINER_CREDENTIALS_RELATIVE_URI",
    "CONTAINER_CREDENTIALS_FULL_URI",
  ];
  return awsProfile !== undefined || named.some((name) => env[`AWS_${name}`]) || files.some((file) => existsSync(file));
}

/** A simulated account takes any credentials; these are as good as others. */
function setMadeUpCredentials(): void {
  process.env["AWS_ACCESS_KEY_ID"] = "AKIASANDBOX000000000";
  process.env["AWS_SECRET_ACCESS_KEY"] = "sandbox";
  process.env["AWS_EC2_METADATA_DISABLED"] = "true";
}

function makeRoom(stateFile: string): void {
  try {
    makeFolder(dirname(stateFile));
  } catch (error) {
    throw unusable(`the sandbox's account cannot be kept in ${stateFile}`, error);
  }
}

/** Starts the simulated account on a loopback port, in a thread of its own. */
export async function openSandbox(
  scenario: string,
  options: GlobalOptions,
  { port, callerPolicy }: { readonly port?: string | undefined; readonly callerPolicy?: string | undefined } = {},
): Promise<RunningSandbox> {
  const stateFile = options.sandboxState === "auto" ? folders().sandboxState : options.sandboxState;
  if (stateFile) makeRoom(stateFile);
  const speed = speedOf(options, usualSpeed);
  const settings: SandboxOptions = {
    scenario,
    port: number("--port", port, 0, 65535),
    speed,
    ...(stateFile ? { stateFile, fresh: options.fresh === true } : {}),
    ...(callerPolicy === undefined ? {} : { callerPolicy }),
  };
  // The build puts the thread's code beside the chunk that this code is in.
  const thread = new Worker(new URL("./sandbox-thread.js", import.meta.url), { workerData: settings });
  const answered = () =>
    new Promise<ThreadAnswer>((resolve, reject) => {
      thread.once("message", resolve);
      thread.once("error", reject);
    });
  const first = await answered();
  if (first.type === "started") {
    const close = async () => {
      const closed = answered();
      thread.postMessage("close");
      await closed;
      await thread.terminate();
    };
    return { endpoint: first.endpoint, speed, close };
  }
  await thread.terminate();
  throw refusal(first, scenario, port, stateFile);
}

function refusal(answer: ThreadAnswer, scenario: string, port: string | undefined, stateFile: string | undefined): Error {
  if (answer.type === "unknownScenario")
    return new UserError(`there is no sandbox scenario ${scenario}`, {
      hint: `Choose ${answer.names.join(", ")} or denied:ACTION; commas combine them.`,
    });
  if (answer.type !== "failed") return new Error(`the sandbox said ${answer.type} instead of starting`);
  if (answer.code === "EADDRINUSE")
    return new UserError(`port ${port} is in use`, { hint: "Choose another --port, or leave it out for a free one." });
  if (answer.code === "MalformedPolicyDocument")
    return new UserError(`the caller's policy can't be used: ${answer.message}`, {
      hint: "Give an IAM policy document, such as ecs-wizard permissions prints.",
    });
  if (stateFile && (answer.code || answer.message.startsWith(stateFile)))
    return new UserError(answer.code ? `the sandbox's account cannot be kept in ${stateFile}: ${whyNot(answer)}` : answer.message, {
      hint: "Begin the account anew with --fresh, or name another file.",
    });
  return new Error(answer.message);
}

/** Makes the process forget the machine's AWS settings, and gives it made-up credentials. */
export function sandboxEnvironment(): void {
  const settings = /^AWS_(PROFILE|DEFAULT_PROFILE|SESSION_TOKEN|ENDPOINT_URL.*|CONFIG_FILE|SHARED_CREDENTIALS_FILE)$/;
  for (const name of Object.keys(process.env).filter((key) => settings.test(key))) delete process.env[name];
  setMadeUpCredentials();
  process.env["AWS_REGION"] ||= "eu-west-1";
}

/** How long an endpoint of this machine may take to say what it is. */
const answersWithin = 1_000;

/** The scenario of the sandbox that answers at an endpoint of this machine; undefined for whatever else is there. */
async function scenarioAt(endpoint: string | undefined): Promise<string | undefined> {
  if (endpoint === undefined || !isLoopback(endpoint)) return undefined;
  try {
    const answer = await fetch(new URL("/_sandbox/scenario", endpoint), { signal: AbortSignal.timeout(answersWithin) });
    const { scenario } = (await answer.json()) as { readonly scenario?: unknown };
    return typeof scenario === "string" ? sanitizeLine(scenario) : undefined;
  } catch {
    return undefined;
  }
}

/** How AWS is reached: an endpoint where it is not the real one, the clock that goes with it, and the credentials all calls share. */
export interface Reach {
  readonly endpointUrl: string | undefined;
  /** The scenario, where the account is simulated. */
  readonly sandbox?: string;
  readonly clock: Clock;
  readonly credentials: CredentialStore;
  close(): Promise<void>;
}

/**
 * Starts the sandbox when `--sandbox` asks for it and points the process at it; otherwise only says which endpoint was asked
 * for. With `io`, MFA codes are asked for at its terminal.
 */
export async function enterSandbox(options: GlobalOptions, io?: Io): Promise<Reach> {
  const credentials = createCredentialStore();
  const askMfa = io && askMfaAt(io);
  if (askMfa) credentials.askWith(askMfa);
  if (options.sandbox === undefined) {
    const { endpointUrl } = options;
    if (endpointUrl !== undefined) mustBeUrl(endpointUrl);
    if (isLoopback(endpointUrl) && !hasCredentials(options)) setMadeUpCredentials();
    // Behind an endpoint of this machine a sandbox may run: where its speed is told, it is looked at as often as it needs.
    const speed = isLoopback(endpointUrl) ? speedOf(options, 1) : 1;
    const scenario = await scenarioAt(endpointUrl ?? process.env["AWS_ENDPOINT_URL"]);
    return { endpointUrl, credentials, clock: createClock(speed), close: async () => {}, ...(scenario ? { sandbox: scenario } : {}) };
  }
  sandboxEnvironment();
  const { endpoint, speed, close } = await openSandbox(options.sandbox, options);
  return { endpointUrl: endpoint, sandbox: options.sandbox, credentials, clock: createClock(speed), close };
}
