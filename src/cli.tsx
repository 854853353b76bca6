import { fail, main } from "./cli/program.ts";

// A pipe that was closed by its reader (`| head`) is no failure of ours. Nor is a closed terminal: the SIGHUP that comes with it
// ends the program in order.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    if (error.code !== "EIO") throw error;
  });
}

// What nobody caught is a bug, told as such; the screens, while they are shown, end in order first.
for (const event of ["uncaughtException", "unhandledRejection"]) {
  process.on(event, (error: unknown) => {
    if (process.listenerCount(event) === 1) process.exit(fail(error));
  });
}

process.exitCode = await main(process.argv.slice(2));
