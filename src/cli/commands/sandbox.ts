import { exitCode } from "../../engine/problem.ts";
import type { CommandCall } from "../command.ts";
import { readText } from "../files.ts";
import type { GlobalOptions } from "../options.ts";
import { openSandbox } from "../sandbox.ts";

interface SandboxCommandOptions extends GlobalOptions {
  readonly port?: string;
  readonly callerPolicy?: string;
}

/** Serves the simulated account until SIGINT or SIGTERM. */
export async function run({ args, options, io }: CommandCall<SandboxCommandOptions>): Promise<number> {
  const scenario = (args[0] as string | undefined) ?? options.sandbox ?? "default";
  const callerPolicy = options.callerPolicy === undefined ? undefined : readText(options.callerPolicy);
  const sandbox = await openSandbox(scenario, options, { port: options.port, callerPolicy });
  if (options.json) io.json({ endpoint: sandbox.endpoint, scenario }, true);
  else {
    io.data(sandbox.endpoint);
    io.say(`The simulated AWS account (scenario ${scenario}) answers there. Use it from another terminal:`);
    io.say(`  ecs-wizard --endpoint-url ${sandbox.endpoint}`);
    io.say(`  aws --endpoint-url ${sandbox.endpoint} ecs list-clusters`);
    io.say("Any credentials do, e.g. AWS_ACCESS_KEY_ID=sandbox AWS_SECRET_ACCESS_KEY=sandbox AWS_REGION=eu-west-1. Ctrl+C ends it.");
  }
  await new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => resolve());
  });
  await sandbox.close();
  return exitCode.done;
}
