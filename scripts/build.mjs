// Bundles src/cli.tsx and all it needs into dist/: the package then has no dependencies to install and starts fast.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, sep } from "node:path";
import { rolldown } from "rolldown";
import { leanBuiltins } from "./lib/lean-builtins.mjs";

const out = "dist";
const licences = new Map();

/** Collects name, version and licence text of every package that lands in the bundle. */
const noteLicences = {
  name: "note-licences",
  generateBundle(_options, bundle) {
    for (const chunk of Object.values(bundle)) {
      for (const id of chunk.type === "chunk" ? Object.keys(chunk.modules) : []) {
        const at = id.lastIndexOf(`node_modules${sep}`);
        if (at < 0) continue;
        const words = id.slice(at + 13).split(sep);
        const name = words[0]?.startsWith("@") ? words.slice(0, 2).join("/") : words[0];
        const folder = join(id.slice(0, at + 13), name);
        if (licences.has(name) || !existsSync(join(folder, "package.json"))) continue;
        const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
        const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
        const text = file ? readFileSync(join(folder, file), "utf8").trim() : "";
        licences.set(name, `${name} ${manifest.version} (${manifest.license})\n\n${text}`);
      }
    }
  },
};

/** Ink's development tools are never wanted in the program. */
const withoutDevtools = {
  name: "without-devtools",
  resolveId: (id) => (id === "react-devtools-core" ? { id: "\0react-devtools-core" } : undefined),
  load: (id) => (id === "\0react-devtools-core" ? "export default {};" : undefined),
};

/** Ink measures every line of every frame; only lines with unusual characters need the care of string-width. */
const quickWidths = {
  name: "quick-widths",
  transform(code, id) {
    if (!/string-width.index\.js$/.test(id)) return undefined;
    const [head, ...rest] = code.split("export default function stringWidth(");
    if (rest.length !== 1) throw new Error("quick-widths does not know this version of string-width");
    return `${head}
const styles = /\\u001B\\[[\\d;]*m/g;
const oneColumnEach = /^[\\x20-\\x7E\\u00A1-\\u00AC\\u00AE-\\u02FF–—…·•→←↑↓─│┌┐└┘▸▾✓✗◉○›“”⏎]*$/;
export default function stringWidth(text, options) {
  if (options === undefined && typeof text === "string") {
    const bare = text.replace(styles, "");
    if (oneColumnEach.test(bare)) return bare.length;
  }
  return carefulWidth(text, options);
}
function carefulWidth(${rest[0]}`;
  },
};

/** Commander runs programs only for commands that are executables, which none of ours is; `child_process` is slow to load. */
const withoutExecutables = {
  name: "without-executables",
  resolveId: (id, importer) =>
    id === "node:child_process" && importer?.includes(`${sep}commander${sep}`) ? "\0no-child-process" : undefined,
  load: (id) => (id === "\0no-child-process" ? "export default {};" : undefined),
};

/** What `validate` and `export` need lands in one chunk: every further file costs them half a millisecond. */
const headless = new Set();
const findHeadless = {
  name: "find-headless",
  buildEnd() {
    const add = (id) => {
      if (headless.has(id)) return;
      headless.add(id);
      for (const imported of this.getModuleInfo(id)?.importedIds ?? []) add(imported);
    };
    for (const id of this.getModuleIds()) if (/src.cli.commands.(validate|export)\.ts$/.test(id)) add(id);
  },
};

rmSync(out, { recursive: true, force: true });
const version = JSON.parse(readFileSync("package.json", "utf8")).version;
const input = {
  cli: "src/cli.tsx",
  "sandbox-thread": "src/cli/sandbox-thread.ts",
  ...(process.argv.includes("--bench") ? { "bench-hello": "scripts/bench/hello.tsx" } : {}),
};
const bundle = await rolldown({
  input,
  platform: "node",
  tsconfig: "tsconfig.json",
  // The SDK's ES modules, of which only what is used gets into the bundle; its CommonJS would be three times as much.
  resolve: { mainFields: ["module", "main"], conditionNames: ["module", "import", "node", "default"] },
  plugins: [withoutDevtools, quickWidths, findHeadless, withoutExecutables, leanBuiltins, noteLicences],
  transform: {
    jsx: { runtime: "automatic" },
    define: { "process.env.NODE_ENV": '"production"', "process.env.DEV": '"false"', __VERSION__: JSON.stringify(version) },
  },
  onLog(level, log, handler) {
    if (log.code === "CIRCULAR_DEPENDENCY" || log.code === "EVAL") return;
    handler(level, log);
  },
});
await bundle.write({
  dir: out,
  format: "esm",
  minify: true,
  // A thread's code stands beside the chunks, one of which starts it.
  entryFileNames: ({ name }) => (name === "sandbox-thread" ? "chunks/[name].js" : "[name].js"),
  chunkFileNames: "chunks/[name]-[hash].js",
  codeSplitting: { groups: [{ name: "headless", test: (id) => headless.has(id) }] },
});
writeFileSync(join(out, "THIRD-PARTY-NOTICES.txt"), `${[...licences.values()].sort().join(`\n\n${"-".repeat(80)}\n\n`)}\n`);
