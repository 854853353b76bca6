import { expect, test } from "vitest";
import { addsContainer, choosesImage, choosesNetwork, choosesTarget, namesIt, reviewsAndDeploys, searchesFor } from "../support/person.ts";
import { key, open, type Session, temporaryFolder } from "../support/program.ts";

/** Opens the list under the cursor, narrows it to one row and takes it. */
async function chooses(wizard: Session, words: string, row: RegExp, shown: RegExp): Promise<void> {
  wizard.press(key.enter);
  await wizard.see(row);
  wizard.press(words);
  await wizard.see(new RegExp(`▸ .*${row.source}`));
  wizard.press(key.enter);
  await wizard.see(shown);
}

async function addsVolume(wizard: Session): Promise<void> {
  await searchesFor(wizard, "volumes section", "Volumes");
  wizard.press("a");
  await wizard.see("Volumes › new volume");
  wizard.press("media", key.enter, key.right);
  await wizard.see(/▸ Type +EFS/);
  wizard.press(key.down);
  await chooses(wizard, "shop-media", /shop-media +fs-/, /File system +fs-\w+ +shop-media/);
  await chooses(wizard, "uploads", /uploads +fsap-/, /Access point +fsap-\w+ +uploads/);
  wizard.press(key.down, key.space);
  await wizard.see(/Encryption in transit +◉ on/);
}

async function mountsIt(wizard: Session): Promise<void> {
  await searchesFor(wizard, "mount points web", "Mount points");
  wizard.press("a");
  await wizard.see("› new mount point");
  wizard.press(key.enter);
  await wizard.see(/▸ media$/m);
  wizard.press(key.enter);
  await wizard.see(/▸ Path/);
  wizard.press("/app/media");
  await wizard.see(/Path \* +\/app\/media/);
}

async function readsSecret(wizard: Session): Promise<void> {
  await searchesFor(wizard, "environment variables web", "Environment variables");
  wizard.press("a");
  await wizard.see("› new environment variable");
  wizard.press("DB_PASSWORD", key.down, key.down);
  await wizard.see(/▸ Secret or parameter/);
  await chooses(wizard, "PostgreSQL", /shop\/db +secret/, /DB_PASSWORD \(secret\)/);
  await searchesFor(wizard, "role task execution", "Role");
  await chooses(wizard, "RoleShop", /ecsTaskExecutionRoleShop/, /Role +\S*ecsTaskExecutionRoleShop/);
}

async function checksHealth(wizard: Session): Promise<void> {
  await searchesFor(wizard, "health command web", "Command");
  await wizard.see(/▸ +Command \*/);
  wizard.press("curl -f http://localhost/ || exit 1");
  await wizard.see(/1 {2}curl -f http:\/\/localhost\/ \|\| exit 1/);
}

async function answersLoadBalancer(wizard: Session): Promise<void> {
  await searchesFor(wizard, "load balancer mappings section", "Load balancer mappings");
  wizard.press("a");
  await wizard.see("› new load balancer mapping");
  wizard.press(key.enter);
  await wizard.see(/▸ web$/m);
  wizard.press(key.enter);
  await wizard.see(/▸ Container port/);
  wizard.press(key.enter);
  await wizard.see(/▸ 80\b/);
  wizard.press(key.enter);
  await wizard.see(/▸ Target group/);
  await chooses(wizard, "shop-tg", /shop-tg +shop-alb/, /Target group \* +\S+shop-tg/);
}

test("two containers with an EFS volume, a secret, a health check and a load balancer, from pickers and keys only", {
  timeout: 90_000,
}, async () => {
  using home = temporaryFolder();
  using wizard = open(["--sandbox"], { home: home.path, columns: 120, rows: 40 });
  await wizard.see("New deployment");
  wizard.press("n");
  await choosesTarget(wizard);
  await namesIt(wizard, "shop-full");
  await choosesNetwork(wizard);
  await addsContainer(wizard, "web", "shop/web", "1.4.2", "80");
  await searchesFor(wizard, "containers section", "Containers");
  wizard.press("a");
  await wizard.see("Containers › new container");
  wizard.press("worker", key.enter);
  await wizard.see(/▸ Image/);
  await choosesImage(wizard, "shop/worker", "1.4.1");
  await addsVolume(wizard);
  await mountsIt(wizard);
  await readsSecret(wizard);
  await checksHealth(wizard);
  await answersLoadBalancer(wizard);

  wizard.press(key.ctrl("g"));
  const rail = await wizard.see(/go there/);
  wizard.press(key.escape);
  expect(rail).not.toMatch(/│ .*! .*│/);
  await reviewsAndDeploys(wizard);
  await wizard.see(/Deployed shop-full/, 30_000);
  await wizard.see(/1\/1 running|tasks are running/);
  wizard.press("q");
  expect((await wizard.ended()).code).toBe(0);
});
