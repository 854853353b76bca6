// npm run demo | test | bench | build: sets up what is missing, then does the work. Runs on any Node from 20.
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build, install, node, root, run } from "./lib/setup.mjs";

/** The checks besides the tests; each counts as one. */
const checks = [
  ["lint and layers", "biome", ["check", "--error-on-warnings", "."]],
  ["types", "tsc", ["-p", "."]],
  ["unused code", "knip", ["--no-progress"]],
  ["package", "publint", ["--strict"]],
];

/** Runs every check and every test, and ends with the line `N passed, N failed`. */
function test(args) {
  let passed = 0;
  const failures = [];
  for (const [name, command, commandArgs] of args.length > 0 ? [] : checks) {
    process.stdout.write(`\n▸ ${name}\n`);
    if (run(command, commandArgs) === 0) passed++;
    else failures.push(name);
  }
  process.stdout.write("\n▸ tests\n");
  const report = join(root, ".cache", "vitest.json");
  mkdirSync(join(root, ".cache"), { recursive: true });
  rmSync(report, { force: true });
  const code = run("vitest", ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`, ...args]);
  const counts = existsSync(report) ? JSON.parse(readFileSync(report, "utf8")) : undefined;
  passed += counts?.numPassedTests ?? 0;
  const broken = counts?.testResults?.filter((file) => file.status === "failed" && file.assertionResults.length === 0).length ?? 0;
  let failed = failures.length + (counts?.numFailedTests ?? 0) + broken;
  if (code !== 0 && failed === failures.length) failed++;
  if (failures.length > 0) process.stdout.write(`\nfailed: ${failures.join(", ")}\n`);
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

const tasks = {
  build: () => 0,
  demo: (args) => run(node(), ["bin/ecs-wizard.cjs", "--sandbox", "--sandbox-state=auto", ...args]),
  test,
  bench: (args) => run(node(), ["scripts/bench.mjs", ...args]),
  docs: () => run(node(), ["scripts/generate-docs.mjs"]),
};

const [task, ...args] = process.argv.slice(2);
const work = tasks[task];
if (!work) {
  process.stderr.write(`usage: node scripts/run.mjs ${Object.keys(tasks).join("|")}\n`);
  process.exit(2);
}
install();
build();
process.exit(work(args));
