import { expect, test } from "vitest";
import { writeProfile } from "../support/example-profiles.ts";
import { reviewsAndDeploys } from "../support/person.ts";
import { open, openAccount, temporaryFolder } from "../support/program.ts";

test("a terminal that dies in the middle of a deployment: watch shows it to its end", { timeout: 40_000 }, async () => {
  using home = temporaryFolder();
  await using account = await openAccount(home.path, "--sandbox-speed", "60");
  const there = ["--endpoint-url", account.endpoint];
  {
    using wizard = open(["edit", writeProfile(home.path), ...there], { home: home.path });
    await wizard.see("Deployment target");
    await reviewsAndDeploys(wizard);
    await wizard.see("CREATE_IN_PROGRESS");
    wizard.kill("SIGKILL");
    expect((await wizard.ended()).code).toBe(128 + 9);
  }
  using watching = open(["watch", "shop-web", ...there], { home: home.path });
  await watching.see(/Deployed shop-web|is deployed and its tasks are running/, 30_000);
});
