import type { Preview } from "../../engine/deployment/preview.ts";
import { sanitize } from "../../engine/sanitize.ts";
import { table } from "../table.ts";

const marks: Readonly<Record<string, string>> = { add: "+ add", modify: "~ modify", remove: "- remove", import: "+ import" };
const replaced: Readonly<Record<string, string>> = { conditional: "may be replaced", always: "REPLACED" };

/** A preview as a table of resources, each changed property below. */
export function previewText(preview: Preview): string {
  if (preview.kind === "unchanged") return "No changes.";
  const rows = preview.changes.map(({ action, logicalId, type, replacement, meaning }) => [
    marks[action] ?? action,
    logicalId,
    type,
    [replaced[replacement] ?? "", meaning].filter((text) => text !== "").join(": "),
  ]);
  const details = preview.changes.flatMap(({ action, logicalId, properties }) =>
    action === "modify" && properties.length > 0
      ? ["", `${logicalId}:`, ...properties.map(({ path, before, after }) => `  ${path}: ${shown(before)} → ${shown(after)}`)]
      : [],
  );
  return [table(["Action", "Resource", "Type", "What it means"], rows), ...details].map(sanitizeLines).join("\n");
}

const sanitizeLines = (text: string) =>
  text
    .split("\n")
    .map((line) => sanitize(line))
    .join("\n");

function shown(value: unknown): string {
  if (value === undefined) return "(none)";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.replaceAll(knownLater, "(known after the change)");
}

/** What CloudFormation puts for values of things that the change set has yet to make. */
const knownLater = "{{changeSet:KNOWN_AFTER_APPLY}}";
