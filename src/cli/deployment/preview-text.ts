import type { Preview } from "../../engine/deployment/preview.ts";
import { shownValue } from "../../engine/deployment/property-diff.ts";
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

const shown = (value: unknown) => shownValue(value) ?? "(none)";
