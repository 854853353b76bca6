import { expect, test } from "vitest";
import { namesIt, reviewsAndDeploys, searchesFor } from "../support/person.ts";
import { key, open, temporaryFolder } from "../support/program.ts";

test("a large account: its 5,000 security groups load, are counted, and a filter narrows them to the wanted one", {
  timeout: 30_000,
}, async () => {
  using home = temporaryFolder();
  using wizard = open(["new", "--sandbox=large"], { home: home.path, columns: 120, rows: 40 });
  await wizard.see(/▸ Cluster/);
  wizard.press(key.enter);
  await wizard.see(/│ .*analytics/);
  wizard.press("analytics-prod-150");
  await wizard.see(/▸ +analytics-prod-150 /);
  wizard.press(key.enter);
  await wizard.see(/Cluster \* +analytics-prod-150/);

  await searchesFor(wizard, "security groups", "Security groups");
  wizard.press(key.enter);
  await wizard.see(/─ (\d+) of \1… /); // the first rows are there while the rest loads
  const screen = await wizard.see(/─ 5\d\d\d of 5\d\d\d ┐/);
  expect(Number(/─ \d+ of (\d+) ┐/.exec(screen)?.[1])).toBeGreaterThanOrEqual(5000);
  wizard.press("worker-006 10.14.");
  await wizard.see(/─ 1 of 5\d\d\d /);
  await wizard.see(/▸ ○ analytics-worker-006 [\s\S]*sg-073764b642373cc98/);
  wizard.press(key.enter, key.escape);
  await wizard.see(/Security groups \* +1 chosen {2}analytics-worker-006/);
});

test("listings that are denied name the permission; with the values typed instead the deployment runs", {
  timeout: 40_000,
}, async () => {
  using home = temporaryFolder();
  const denied = ["ec2:Describe*", "ecs:ListClusters", "ecr:Describe*"].map((action) => `denied:${action}`).join(",");
  using wizard = open(["new", `--sandbox=${denied}`], { home: home.path });
  const types = async (permission: string, value: string, shown: RegExp) => {
    wizard.press(key.enter);
    await wizard.see(`Permission ${permission} is missing, so there is no`);
    await wizard.see("Typing the value works all the same.");
    wizard.press(value, key.enter);
    await wizard.see(shown);
  };
  await wizard.see(/▸ Cluster/);
  await types("ecs:ListClusters", "production", /Cluster \* +production/);
  await namesIt(wizard, "typed-by-hand");
  await searchesFor(wizard, "subnets", "Subnets");
  await types("ec2:DescribeSubnets", "subnet-0f3784b2149dd6648", /Subnets \* +1 chosen {2}subnet-0f3784b2149dd6648/);
  wizard.press(key.enter);
  await wizard.see(/▸ Security groups/);
  await types("ec2:DescribeSecurityGroups", "sg-0ae0a26d0aab497a2", /Security groups \* +1 chosen {2}sg-0ae0a26d0aab497a2/);
  wizard.press(key.enter);
  await wizard.gone("type to filter");
  await searchesFor(wizard, "containers", "Containers");
  wizard.press("a");
  await wizard.see(/Containers › /);
  wizard.press("web", key.enter);
  await wizard.see(/▸ Image/);
  const image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/web:1.4.2";
  await types("ecr:DescribeRepositories", image, /Image \* +\S+shop\/web:1\.4\.2/);
  await reviewsAndDeploys(wizard);
  await wizard.see(/Deployed typed-by-hand/);
  await wizard.see(/1\/1 running|tasks are running/);
});
