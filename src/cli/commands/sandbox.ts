import { exitCode } from "../../engine/problem.ts";
import type { CommandCall } from "../command.ts";
import type { GlobalOptions } from "../options.ts";
import { openSandbox } from "../sandbox.ts";

/** Serves the simulated account until SIGINT or SIGTERM. */
export async function run({ args, options, io }: CommandCall<GlobalOptions & { port?: string }>): Promise<number> {
  const scenario = (args[0] as string | undefined) ?? options.sandbox ?? "default";
  const sandbox = await openSandbox(scenario, options, options.port);
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
