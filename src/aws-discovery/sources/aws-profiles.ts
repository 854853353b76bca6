import type { PickerItem } from "../../engine/discovery.ts";
import { readSharedProfiles } from "../shared-config.ts";
import { byName, type Source } from "../source.ts";

type Settings = Readonly<Record<string, string | undefined>>;

/** How a profile of the shared configuration gets its credentials, in words. */
export function waysIn(settings: Settings): string {
  const { role_arn: role, source_profile: source, credential_source: place, mfa_serial: mfa } = settings;
  if (role)
    return [`role ${role.slice(role.lastIndexOf("/") + 1)}`, source ? `via ${source}` : place ? `via ${place}` : "", mfa ? "with MFA" : ""]
      .filter(Boolean)
      .join(" ");
  if (settings["sso_session"] || settings["sso_start_url"]) return settings["sso_role_name"] ? `SSO ${settings["sso_role_name"]}` : "SSO";
  if (settings["login_session"]) return "aws login";
  if (settings["credential_process"]) return "command";
  if (settings["web_identity_token_file"]) return "web identity";
  if (settings["aws_access_key_id"]) return settings["aws_session_token"] ? "temporary keys" : "keys";
  return "no credentials";
}

/** One profile as a row; its secrets stay in the file. */
export function toItem(name: string, settings: Settings): PickerItem {
  const account = settings["sso_account_id"] ?? /^arn:[\w-]+:iam::(\d{12}):/.exec(settings["role_arn"] ?? "")?.[1] ?? "";
  const region = settings["region"] ?? "";
  return { value: name, columns: [name, waysIn(settings), region, account], facts: { region, account } };
}

/** The profiles of the AWS shared configuration files; calls nobody. */
export const awsProfiles: Source = {
  id: "awsProfiles",
  columns: [
    { title: "Profile", rank: 1 },
    { title: "Credentials", rank: 3 },
    { title: "Region", rank: 4 },
    { title: "Account", rank: 2 },
  ],
  needs: [],
  actions: [],
  compare: byName,
  async *load() {
    yield [...(await readSharedProfiles())].map(([name, settings]) => toItem(name, settings));
  },
};
