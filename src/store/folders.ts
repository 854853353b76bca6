import { join } from "node:path";
import envPaths from "env-paths";

/** Where the program keeps things, as absolute paths; nothing is created by asking. */
export interface Folders {
  readonly profiles: string;
  readonly drafts: string;
  readonly deployments: string;
  readonly cache: string;
  /** The state of the sandbox account that `--sandbox-state` without a file keeps. */
  readonly sandboxState: string;
}

/** The platform's configuration, data and cache folders (XDG on Linux), or all under `ECS_WIZARD_HOME` when it is set. */
export function folders(env: Readonly<Record<string, string | undefined>> = process.env): Folders {
  const home = env["ECS_WIZARD_HOME"];
  const base = envPaths("ecs-wizard", { suffix: "" });
  const config = home ? join(home, "config") : base.config;
  const data = home ? join(home, "data") : base.data;
  return {
    profiles: join(config, "profiles"),
    drafts: join(data, "drafts"),
    deployments: join(data, "deployments"),
    cache: home ? join(home, "cache") : base.cache,
    sandboxState: join(data, "sandbox.json"),
  };
}
