import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { profiles, ssoToken } from "../support/aws-config.ts";
import { example } from "../support/example-profiles.ts";
import { namesIt } from "../support/person.ts";
import { key, open, openAccount, run, temporaryFolder } from "../support/program.ts";

/** An `aws` whose `sso login` succeeds the second time it is called; the folder it is in. */
function fakeAws(home: string): string {
  const { file, text } = ssoToken(home, "corp", "token");
  mkdirSync(join(home, "bin"));
  const script = `#!/bin/sh
echo "browser opened for: aws $*"
test -f "$HOME/tried" || { touch "$HOME/tried"; echo "the browser was closed" >&2; exit 255; }
mkdir -p "$HOME/.aws/sso/cache" && cat > '${file}' <<'END'
${text}
END
`;
  writeFileSync(join(home, "bin", "aws"), script);
  chmodSync(join(home, "bin", "aws"), 0o755);
  return join(home, "bin");
}

test("signing in from inside the wizard: SSO through the AWS command line, then a role with MFA; what was typed stays", {
  timeout: 40_000,
}, async () => {
  using home = temporaryFolder();
  await using account = await openAccount(home.path);
  writeFileSync(join(home.path, "aws-config"), profiles);
  const env = { AWS_PROFILE: "sso", PATH: `${fakeAws(home.path)}:${process.env["PATH"]}` };
  using wizard = open(["new", "--endpoint-url", account.endpoint], { home: home.path, env });
  await wizard.see("You are not signed in to AWS SSO with the profile sso.");
  await namesIt(wizard, "kept");
  wizard.press(key.ctrl("l"));
  await wizard.see("browser opened for: aws sso login --profile sso");
  await wizard.see("Press Enter to go back");
  wizard.press(key.enter);
  await wizard.see("did not succeed: it ended with 255.");
  await wizard.see(/Name \* +kept/);
  wizard.press(key.ctrl("l"));
  await wizard.see(/^ .*kept.* 123456789012 \(acme-prod\) · Developer.* · eu-west-1 · PRODUCTION$/m);
  await wizard.see(/Name \* +kept/);

  wizard.press(key.escape);
  await wizard.see(/▸ AWS profile|▸ Region/);
  wizard.press(key.up, key.up, key.up, key.enter);
  await wizard.see(/mfa +role deploy-pipeline/);
  wizard.press("mfa", key.enter);
  await wizard.see("The AWS profile mfa needs the MFA code of");
  wizard.press("000000", key.enter);
  await wizard.see("AWS did not accept the MFA code");
  wizard.press("123456", key.enter);
  await wizard.see(/123456789012 \(acme-prod\) · deploy-pipeline.* · eu-west-1/);
  await wizard.see(/AWS profile +mfa/);
});

test("a pipeline with a profile that needs an MFA code is told how to go on", { timeout: 20_000 }, async () => {
  using home = temporaryFolder();
  await using account = await openAccount(home.path);
  writeFileSync(join(home.path, "aws-config"), profiles);
  const { code, stderr } = await run(
    ["deploy", example("web-service"), "--yes", "--endpoint-url", account.endpoint, "--set", "target.awsProfile=mfa"],
    { home: home.path },
  );
  expect(code).toBe(3);
  expect(stderr).toContain("needs the MFA code of arn:aws:iam::123456789012:mfa/ann.");
  expect(stderr).toContain("aws configure export-credentials --format env --profile mfa");
});
