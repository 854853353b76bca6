import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { UserError } from "../../engine/problem.ts";

/** Whether the program that a command begins with is there to be run. */
export function canRun(command: string): boolean {
  const name = command.split(" ")[0] ?? "";
  const endings = process.platform === "win32" ? (process.env["PATHEXT"] ?? ".EXE;.CMD;.BAT").split(";") : [""];
  const places = (process.env["PATH"] ?? "").split(delimiter).filter(Boolean);
  return places.some((place) => endings.some((ending) => isExecutable(join(place, name + ending))));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The command as a shell runs it: what it said on failing can be read before the screen comes back. */
const waiting = (command: string): string =>
  process.platform === "win32"
    ? command
    : `${command} || { code=$?; printf '\\nThat did not succeed. Press Enter to go back to ecs-wizard. '; read -r _; exit $code; }`;

/** Hands the released terminal to a shell command until it ends; its exit code, or null after an interrupt, which is meant for the command alone. */
export async function lendTerminal(command: string, env: Readonly<Record<string, string>> = {}): Promise<number | null> {
  const ours = process.listeners("SIGINT");
  const ignore = () => {};
  process.removeAllListeners("SIGINT").on("SIGINT", ignore);
  // Whoever reads on would take the command's keys away. The removal of the screen's listener counts from the next turn only; a
  // stream that is paused before goes on reading.
  await new Promise(setImmediate);
  process.stdin.pause();
  try {
    return await new Promise((resolve, reject) => {
      spawn(command, { shell: true, stdio: "inherit", env: { ...process.env, ...env } })
        .on("error", reject)
        .on("close", resolve);
    });
  } finally {
    // The next frame is drawn from where the cursor stands, which may be behind a `^C`.
    process.stdout.write("\r\n");
    process.removeListener("SIGINT", ignore);
    for (const listener of ours) process.on("SIGINT", listener);
  }
}

/** Runs a command that signs in to AWS in the released terminal; what it says on failing stays until Enter. Rejects with UserError then. */
export async function runCommand(command: string): Promise<void> {
  const code = await lendTerminal(waiting(command));
  if (code === 0) return;
  throw new UserError(`${command} ${code === null || code === 130 ? "was interrupted" : `did not succeed: it ended with ${code}`}.`, {
    hint: "Try it again here or in another terminal.",
  });
}
