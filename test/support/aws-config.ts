/** The files in which AWS's command line keeps profiles and sign-ins. */
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Profiles that work against the simulated account: `sso` after a sign-in, `mfa` with a code, `keys` at once. */
export const profiles = `
[profile keys]
region = eu-west-1
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = made-up
[profile sso]
region = eu-west-1
sso_session = corp
sso_account_id = 123456789012
sso_role_name = Developer
[sso-session corp]
sso_region = eu-west-1
sso_start_url = https://acme.awsapps.com/start
[profile mfa]
region = eu-west-1
role_arn = arn:aws:iam::123456789012:role/deploy-pipeline
role_session_name = ann
source_profile = keys
mfa_serial = arn:aws:iam::123456789012:mfa/ann
`;

/** Where the sign-in of an SSO session stands, and what stands in it. */
export function ssoToken(home: string, session: string, accessToken: string): { file: string; text: string } {
  const name = createHash("sha1").update(session).digest("hex");
  const token = { startUrl: "https://acme.awsapps.com/start", region: "eu-west-1", accessToken, expiresAt: "2096-01-01T00:00:00Z" };
  return { file: join(home, ".aws", "sso", "cache", `${name}.json`), text: JSON.stringify(token) };
}

/** Does what `aws sso login` does in the end. */
export function signInToSso(home: string, session: string, accessToken: string): void {
  const { file, text } = ssoToken(home, session, accessToken);
  mkdirSync(join(home, ".aws", "sso", "cache"), { recursive: true });
  writeFileSync(file, text);
}
