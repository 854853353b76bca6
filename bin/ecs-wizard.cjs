#!/usr/bin/env node
// Plain CommonJS in the syntax of old Nodes, so that every Node can at least say why it is too old.
var needed = [22, 12];
var have = process.versions.node.split(".").map(Number);
if (have[0] < needed[0] || (have[0] === needed[0] && have[1] < needed[1])) {
  process.stderr.write(
    "ecs-wizard needs Node.js " + needed.join(".") + " or newer; this is " + process.version + " - install one from nodejs.org\n",
  );
  process.exit(2);
}
if (process.argv.length === 3 && (process.argv[2] === "--version" || process.argv[2] === "-V")) {
  process.stdout.write(require("../package.json").version + "\n");
} else {
  require("node:module").enableCompileCache();
  import("../dist/cli.js");
}
