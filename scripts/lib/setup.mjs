// What every command of a clone begins with: install when the lock file changed, build when the sources changed.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const bin = join(root, "node_modules", ".bin");

function files(path) {
  if (!existsSync(path)) return [];
  return statSync(path).isDirectory()
    ? readdirSync(path)
        .sort()
        .flatMap((name) => files(join(path, name)))
    : [path];
}

function fingerprint(...paths) {
  const hash = createHash("sha256");
  for (const file of paths.flatMap((path) => files(join(root, path)))) hash.update(file.slice(root.length)).update(readFileSync(file));
  return hash.digest("hex");
}

/** Runs `work` unless the stamp file already holds the fingerprint of the same inputs. */
function once(stamp, print, work) {
  const file = join(root, stamp);
  if (existsSync(file) && readFileSync(file, "utf8") === print) return;
  work();
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, print);
}

/** Runs a program from the project's root with its own Node first on the PATH; returns the exit code. */
export function run(command, args, options = {}) {
  const env = { ...process.env, ...options.env, PATH: `${bin}${delimiter}${process.env.PATH}` };
  const result = spawnSync(command, args, { cwd: root, stdio: "inherit", ...options, env });
  if (result.error) throw result.error;
  return result.status ?? 1;
}

function must(what, command, args, options) {
  const code = run(command, args, options);
  if (code === 0) return;
  process.stderr.write(`${what} failed (${command} ${args.join(" ")} ended with ${code})\n`);
  process.exit(1);
}

/** The Node that came with the project, or the machine's own where that one is not to be had. */
export const node = () => (existsSync(join(bin, "node")) ? join(bin, "node") : process.execPath);

/** Installs exactly what the lock file says, unless it is there already. */
export function install() {
  const print = fingerprint("package.json", "package-lock.json");
  once("node_modules/.installed-for", print, () => {
    process.stderr.write("installing packages (once)…\n");
    must("npm ci", process.platform === "win32" ? "npm.cmd" : "npm", ["ci", "--loglevel=error", "--no-audit", "--no-fund"], {
      stdio: ["ignore", 2, 2],
    });
  });
}

/** Bundles the program, unless the bundle is of these very sources. */
export function build() {
  const print = fingerprint(
    "src",
    "bin",
    "scripts/build.mjs",
    "scripts/bench/hello.tsx",
    "package.json",
    "package-lock.json",
    "tsconfig.json",
  );
  once("dist/.built-for", print, () => {
    process.stderr.write("building…\n");
    must("the build", node(), ["scripts/build.mjs", "--bench"]);
  });
}
