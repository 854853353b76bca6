import { isSecretName } from "../deployment/mask.ts";
import type { Issue, Json, JsonObject, Path } from "../schema.ts";
import { isObject } from "../values/reading.ts";
import { warning } from "./issues.ts";
import { isExpression } from "./text.ts";

interface ClearSecret {
  readonly path: Path;
  readonly what: string;
  readonly value: string;
  readonly remedy: string;
}

/** Warns of secrets that stand in the document itself. It is asked, not the answers: what an expression gives need not be in any file. */
export function* clearSecretIssues(profile: JsonObject): Generator<Issue> {
  for (const { path, what, remedy } of found(profile)) {
    const message = `${what} looks like a secret, and its value stands here in clear: whoever may read this file or the task definition sees it.`;
    yield warning(path, "secret-in-clear", message, remedy);
  }
}

/** The values of the secrets that stand in a document in clear. */
export function clearSecrets(profile: JsonObject): readonly string[] {
  return [...found(profile)].map(({ value }) => value);
}

function* found(profile: JsonObject): Generator<ClearSecret> {
  const bind = "or bind it to a variable marked {sensitive: true}.";
  for (const [at, container] of rowsOf(profile["containers"]).entries()) {
    for (const [row, { name, value }] of rowsOf(container["environment"]).entries()) {
      const path = ["containers", at, "environment", row, "value"];
      const remedy = `Use valueFrom with the ARN of a secret, ${bind}`;
      if (isSecret(name, value)) yield { path, what: `The variable "${name}"`, value: String(value), remedy };
    }
    for (const [name, value] of Object.entries(objectOf(objectOf(container["logging"])["options"]))) {
      const path = ["containers", at, "logging", "options", name];
      if (isSecret(name, value))
        yield { path, what: `The log option "${name}"`, value: String(value), remedy: `Use secretOptions, ${bind}` };
    }
  }
  for (const [name, value] of Object.entries(objectOf(profile["variables"]))) {
    const remedy = "Mark it {sensitive: true}, and give its value with --var, a file or the environment.";
    if (isSecret(name, value)) yield { path: ["variables", name], what: `The variable #{${name}}`, value: String(value), remedy };
  }
}

/** By its name; but files, references, switches and numbers are no secrets, a number only under a name that says nothing else. */
function isSecret(name: Json | undefined, value: Json | undefined): boolean {
  if (typeof name !== "string" || !isSecretName(name)) return false;
  if (typeof value !== "string" && typeof value !== "number") return false;
  const text = String(value).trim();
  if (text === "" || isExpression(text) || /^(?:true|false|none|null|default)$|^[./~]|^arn:|^https?:\/\/[^@]*$/i.test(text)) return false;
  return !/^\d+$/.test(text) || /(?:pass(?:word|wd|phrase)?|secret|pwd)$/i.test(name);
}

const rowsOf = (value: Json | undefined): readonly JsonObject[] => (Array.isArray(value) ? value.map(objectOf) : []);

const objectOf = (value: Json | undefined): JsonObject => (value !== undefined && isObject(value) ? value : {});
