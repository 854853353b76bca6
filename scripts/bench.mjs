// npm run bench: our figures beside their yardsticks, in one run on one machine. Ratios count, not milliseconds.
import { spawn as spawnProcess } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { spawn } from "@lydell/node-pty";
import { root } from "./lib/setup.mjs";

const home = mkdtempSync(join(tmpdir(), "ecs-wizard-bench-"));
const env = { ...process.env, ECS_WIZARD_HOME: home, TERM: "xterm-256color" };
for (const name of Object.keys(env)) if (/^(AWS_|CI$|NO_COLOR$)/.test(name)) delete env[name];
const launcher = join(root, "bin", "ecs-wizard.cjs");
const example = join(root, "examples", "web-service.yaml");
const median = (times) => [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)];

/** Milliseconds until a program has ended. */
function untilEnd(args) {
  return new Promise((done, fail) => {
    const begin = performance.now();
    const child = spawnProcess(process.execPath, args, { env, stdio: ["ignore", "ignore", "ignore"] });
    child.on("error", fail);
    child.on("close", (code) => (code === 0 ? done(performance.now() - begin) : fail(new Error(`${args.join(" ")} ended with ${code}`))));
  });
}

/** Milliseconds until a program on a terminal has drawn a text. */
function untilShown(args, text) {
  return new Promise((done, fail) => {
    const begin = performance.now();
    const child = spawn(process.execPath, args, { cols: 100, rows: 30, env });
    let seen = "";
    let shown;
    child.onData((data) => {
      seen += data;
      if (shown === undefined && seen.includes(text)) {
        shown = performance.now() - begin;
        child.kill("SIGKILL");
      }
    });
    child.onExit(() => (shown === undefined ? fail(new Error(`${args.join(" ")} never showed ${text}`)) : done(shown)));
  });
}

const rounds = 15;
const rows = [
  { name: "node -e 0", measure: () => untilEnd(["-e", "0"]) },
  { name: "ecs-wizard --version", measure: () => untilEnd([launcher, "--version"]), against: "node -e 0", aim: 1.5 },
  { name: "ecs-wizard validate", measure: () => untilEnd([launcher, "validate", example]), against: "node -e 0", aim: 3 },
  { name: "ecs-wizard export", measure: () => untilEnd([launcher, "export", example]), against: "node -e 0", aim: 3 },
  {
    name: "Ink hello world, first frame",
    measure: () =>
      untilShown(
        ["-e", `require("node:module").enableCompileCache();import(${JSON.stringify(join(root, "dist", "bench-hello.js"))})`],
        "hello",
      ),
  },
  {
    name: "ecs-wizard, first frame",
    measure: () => untilShown([launcher, "--sandbox"], "ecs-wizard"),
    against: "Ink hello world, first frame",
    aim: 1.3,
  },
];

const times = new Map(rows.map(({ name }) => [name, []]));
for (const { measure } of rows) await measure(); // fills the compile cache
for (let round = 0; round < rounds; round++) for (const { name, measure } of rows) times.get(name).push(await measure());

process.stdout.write(`start-up, medians of ${rounds}\n`);
for (const { name, against, aim } of rows) {
  const time = median(times.get(name));
  const ratio = against ? time / median(times.get(against)) : undefined;
  const verdict = ratio === undefined ? "" : `  ${ratio.toFixed(2)} × ${against} (aim ${aim} ×)${ratio <= aim ? "" : "  over"}`;
  process.stdout.write(`  ${name.padEnd(30)} ${time.toFixed(0).padStart(5)} ms${verdict}\n`);
}
rmSync(home, { recursive: true, force: true });

// Every further file of scripts/bench that exports `bench` reports its own lines.
const folder = join(root, "scripts", "bench");
for (const file of existsSync(folder) ? readdirSync(folder).sort() : []) {
  if (!file.endsWith(".ts")) continue;
  const { bench } = await import(join(folder, file));
  if (!bench) continue;
  process.stdout.write(`\n${file.replace(/\.ts$/, "")}\n`);
  for (const line of await bench()) process.stdout.write(`  ${line}\n`);
}
