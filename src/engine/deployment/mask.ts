/** Values that must not be shown: of environment variables and keys whose names say that they hold a secret. */
import { masked, maskText } from "../diagnosis/mask-text.ts";

const secretName =
  /pass(word|wd|phrase)?$|passw|secret|token|api.?key|access.?key|private.?key|credential|^pwd$|auth$|connection.?string|dsn$/i;
/** Names like these point at a secret instead of holding one. */
const reference = /arn$|valuefrom|secretoptions|credentialsparameter|name$|id$/i;

/** Whether a name says that its value is a secret. */
export function isSecretName(name: string): boolean {
  return secretName.test(name) && !reference.test(name);
}

/** A copy with the secrets in it masked: values of secret-looking keys, of `{Name, Value}` pairs so named, and what looks like a key, a token or a password in any text. */
export function maskSecrets(value: unknown, name = ""): unknown {
  if (typeof value === "string") return isSecretName(name) && value !== "" ? masked : maskText(value);
  if (Array.isArray(value)) return value.map((item) => maskSecrets(item, name));
  if (typeof value !== "object" || value === null) return isSecretName(name) && typeof value === "number" ? masked : value;
  const pair = pairName(value);
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, maskSecrets(inner, pair !== undefined && /^value$/i.test(key) ? pair : key)]),
  );
}

function pairName(value: object): string | undefined {
  const { Name, name, Key, key } = value as Readonly<Record<string, unknown>>;
  const found = Name ?? name ?? Key ?? key;
  return typeof found === "string" ? found : undefined;
}
