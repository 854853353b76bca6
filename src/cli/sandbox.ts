import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { UserError } from "../engine/problem.ts";
import { folders } from "../store/folders.ts";
import type { GlobalOptions } from "./options.ts";

/** A running sandbox: its endpoint, and how to end it (which saves its state where one is kept). */
export interface RunningSandbox {
  readonly endpoint: string;
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

/** Starts the simulated account on a loopback port. */
export async function openSandbox(scenario: string, options: GlobalOptions, port?: string): Promise<RunningSandbox> {
  const { startSandbox } = await import("../sandbox/index.ts");
  const stateFile = options.sandboxState === "auto" ? folders().sandboxState : options.sandboxState;
  if (stateFile) mkdirSync(dirname(stateFile), { recursive: true, mode: 0o700 });
  return await startSandbox({
    scenario,
    port: number("--port", port, 0, 65535),
    speed: number("--sandbox-speed", options.sandboxSpeed ?? process.env["ECS_WIZARD_SANDBOX_SPEED"], usualSpeed, 100_000),
    ...(stateFile ? { stateFile, fresh: options.fresh === true } : {}),
  });
}

/** Makes the process forget the machine's AWS settings, and gives it made-up credentials. */
export function sandboxEnvironment(): void {
  const settings = /^AWS_(PROFILE|DEFAULT_PROFILE|SESSION_TOKEN|ENDPOINT_URL.*|CONFIG_FILE|SHARED_CREDENTIALS_FILE)$/;
  for (const name of Object.keys(process.env).filter((key) => settings.test(key))) delete process.env[name];
  process.env["AWS_ACCESS_KEY_ID"] = "AKIASANDBOX000000000";
  process.env["AWS_SECRET_ACCESS_KEY"] = "sandbox";
  process.env["AWS_EC2_METADATA_DISABLED"] = "true";
  process.env["AWS_REGION"] ||= "eu-west-1";
}

/** Starts the sandbox when `--sandbox` asks for it and points the process at it; otherwise only says which endpoint was asked for. */
export async function enterSandbox(options: GlobalOptions): Promise<{ endpointUrl?: string; close(): Promise<void> }> {
  if (options.sandbox === undefined) return { ...(options.endpointUrl ? { endpointUrl: options.endpointUrl } : {}), close: async () => {} };
  sandboxEnvironment();
  const sandbox = await openSandbox(options.sandbox, options);
  return { endpointUrl: sandbox.endpoint, close: () => sandbox.close() };
}
