import { secretMark as mark } from "../../engine/deployment/as-deployed.ts";
import type { DeployEvent } from "../../engine/deployment/events.ts";
import type { Outcome } from "../../engine/deployment/outcome.ts";
import type { TemplateResources } from "../../engine/deployment/plan.ts";
import type { Preview } from "../../engine/deployment/preview.ts";
import { hiddenLike, type PropertyChange, valueAtPath } from "../../engine/deployment/property-diff.ts";
import { maskText } from "../../engine/diagnosis/index.ts";

/** Shorter values are masked where they stand alone: inside other texts they are no secret, and the texts would not be read any more. */
const shortest = 4;

/** Replaces secret values in whatever is to be kept. */
export function masked<T>(value: T, secrets: readonly string[]): T {
  if (secrets.length === 0) return value;
  if (typeof value === "string") return secrets.reduce<string>(hide, value) as T;
  if (Array.isArray(value)) return value.map((item) => masked(item, secrets)) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, masked(item, secrets)])) as T;
}

function hide(text: string, secret: string): string {
  if (secret.length < shortest) return text === secret ? mark : text;
  return text.replaceAll(secret, mark);
}

/**
 * A preview with secret values masked. Where what comes is secret, what was there is masked with it: it is an earlier value of the
 * same secret, which nobody here knows. So is what was secret in the templates of earlier deployments, which records keep without
 * their secrets: the profile may name it no more.
 */
export function previewWithoutSecrets(preview: Preview, secrets: readonly string[], earlier: readonly TemplateResources[] = []): Preview {
  const changes = preview.changes.map((change) => ({
    ...change,
    properties: change.properties.map(({ path, before, after }): PropertyChange => {
      const shown = masked(after, secrets);
      const secret = JSON.stringify(shown) !== JSON.stringify(after);
      const kept = earlier.map((resources) => valueAtPath(resources[change.logicalId]?.Properties, path));
      const was = () => kept.reduce(hiddenLike, masked(before, secrets));
      return {
        path,
        ...(before === undefined ? {} : { before: secret ? mark : was() }),
        ...(after === undefined ? {} : { after: shown }),
      };
    }),
  }));
  return { ...preview, changes, findings: masked(preview.findings, secrets), warnings: masked(preview.warnings, secrets) };
}

/** What a container printed may hold secrets that nobody here knows, e.g. those it was given from Secrets Manager: what looks like one is masked. */
const withoutPrinted = (fact: DeployEvent): DeployEvent =>
  fact.type === "logs" ? { ...fact, lines: fact.lines.map((line) => ({ ...line, text: maskText(line.text) })) } : fact;

/** The facts of a deployment with secret values masked, e.g. in the log of a container that printed them. */
export async function* withoutSecrets(
  facts: AsyncGenerator<DeployEvent, Outcome>,
  secrets: readonly string[],
): AsyncGenerator<DeployEvent, Outcome> {
  for (;;) {
    const step = await facts.next();
    if (step.done) return { ...masked(step.value, secrets), status: step.value.status };
    yield withoutPrinted({ ...masked(step.value, secrets), type: step.value.type } as DeployEvent);
  }
}
