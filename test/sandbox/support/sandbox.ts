import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach } from "vitest";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../../src/sandbox/index.ts";

/** The moment at which the tests' accounts begin. */
export const begin = Date.UTC(2026, 10, 23, 12, 0, 0);

const open: Sandbox[] = [];
const folders: string[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((sandbox) => sandbox.close()));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A folder that is gone after the test. */
export const temporary = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "sandbox-"));
  folders.push(folder);
  return folder;
};

/** A sandbox whose time stands still unless the test moves it; closed after the test. A bug of the sandbox fails the test that caused it. */
export const start = async (options: SandboxOptions = {}): Promise<Sandbox> => {
  const sandbox = await startSandbox({
    now: begin,
    speed: 0,
    onBug: (error) => {
      throw error;
    },
    ...options,
  });
  open.push(sandbox);
  return sandbox;
};

/** What every SDK client needs to talk to a sandbox. */
export const clientOptions = (sandbox: Sandbox, region = "eu-west-1") => ({
  endpoint: sandbox.endpoint,
  region,
  credentials: { accessKeyId: "AKIASANDBOX000000000", secretAccessKey: "sandbox" },
});
