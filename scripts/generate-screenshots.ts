// Draws docs/images/*.svg from the program's own screens on the sandbox's account; npm run docs
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { webService, writeProfile } from "../test/support/example-profiles.ts";
import { key, open, run, type Session, temporaryFolder } from "../test/support/program.ts";
import { screenSvg } from "./lib/screen-svg.ts";

const images = join(dirname(fileURLToPath(import.meta.url)), "..", "docs", "images");
const size = { columns: 100, rows: 30 };

/** Opens the wizard on a profile and lets `story` go to the place; returns when the picture is drawn. */
async function picture(
  name: string,
  profile: string,
  options: readonly string[],
  story: (wizard: Session) => Promise<unknown>,
): Promise<void> {
  using home = temporaryFolder();
  using wizard = open(["edit", writeProfile(home.path, profile), "--sandbox", ...options], { home: home.path, ...size });
  await wizard.see("Deployment target");
  await story(wizard);
  writeFileSync(join(images, `${name}.svg`), screenSvg(wizard.terminal, name));
}

mkdirSync(images, { recursive: true });
const unplaced = webService.replace(/ {2}subnets: .*\n/, "");
await picture("form", unplaced, [], async (wizard) => {
  wizard.press(key.ctrl("n"), key.ctrl("n"), key.ctrl("n"), key.ctrl("n"));
  await wizard.see("5 of 11");
  wizard.press(key.enter);
  await wizard.see(/○ private-b/);
  wizard.press("priv");
  await wizard.gone(/○ public-a/);
  wizard.press(key.down, key.space);
  await wizard.see("◉ private-b");
  wizard.press(key.up, key.space);
  await wizard.see("◉ private-a");
});
await picture("review", webService, [], async (wizard) => {
  await wizard.see("acme-prod");
  wizard.press(key.ctrl("r"));
  await wizard.see(/ready to deploy[\s\S]*\d checks passed *│?$/m);
});
await picture("deployment", webService, ["--sandbox-speed", "10"], async (wizard) => {
  wizard.press(key.ctrl("r"), "d");
  await wizard.see("What this deployment changes");
  wizard.press("d");
  await wizard.see(/task \w{4}…[\s\S]*service +\d\d:\d\d/);
});
await picture("error", webService.replace(":1.4.2", ":1.5.0"), [], async (wizard) => {
  wizard.press(key.ctrl("r"), "d");
  await wizard.see("What this deployment changes");
  wizard.press("d");
  await wizard.see("▸ ✗");
});

// The home screen of somebody who has deployed before.
{
  using home = temporaryFolder();
  const at = (...args: string[]) => run(args, { home: home.path });
  const worker = webService.replaceAll("shop-web", "shop-worker").replace("cluster: production", "cluster: staging");
  for (const profile of [writeProfile(home.path, worker, "shop-worker.yaml"), writeProfile(home.path)]) {
    await at("profiles", "import", profile);
    await at("deploy", profile, "--sandbox", "--yes");
  }
  await at("deploy", "shop-web", "--sandbox", "--yes", "--image", "web=1.5.0");
  using wizard = open(["--sandbox=in-progress"], { home: home.path, ...size });
  await wizard.see("All deployments…");
  await wizard.see("elsewhere");
  await wizard.see("acme-prod");
  writeFileSync(join(images, "home.svg"), screenSvg(wizard.terminal, "home"));
}
process.exit(0);
