// Adds the platform packages that a partial registry mirror could not resolve to package-lock.json.
// `npm install` behind such a mirror leaves them out and `npm ci` then refuses the lock file everywhere.
// Run it after every change of dependencies: node scripts/complete-lock.mjs
import { readFileSync, writeFileSync } from "node:fs";

const systems = ["aix", "android", "darwin", "freebsd", "linux", "openbsd", "openharmony", "sunos", "win32"];
const processors = ["arm64", "arm", "ia32", "loong64", "mips64el", "ppc64", "riscv64", "s390x", "wasm32", "x64"];

const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
const added = [];
for (const [place, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const root = `node_modules/${name}`;
    const nested = `${place}/${root}`;
    if (lock.packages[nested] || lock.packages[root]?.version === version) continue;
    const at = lock.packages[root] ? nested : root;
    const words = name.replace(/^@[^/]+\//, "").split("-");
    const os = systems.filter((system) => words.includes(system));
    const cpu = processors.filter((cpu) => words.includes(cpu)).slice(0, 1);
    if (os.length === 0 && !words.includes("wasm32")) continue;
    lock.packages[at] = {
      version,
      ...(cpu.length > 0 ? { cpu } : {}),
      dev: true,
      ...(words.includes("musl") ? { libc: ["musl"] } : {}),
      optional: true,
      ...(os.length > 0 ? { os } : {}),
    };
    added.push(name);
  }
}
const sorted = Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1));
lock.packages = Object.fromEntries(sorted);
writeFileSync("package-lock.json", `${JSON.stringify(lock, null, 2)}\n`);
process.stdout.write(`added ${added.length} packages\n`);
