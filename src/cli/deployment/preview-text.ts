import type { Preview } from "../../engine/deployment/preview.ts";
import { shownValue } from "../../engine/deployment/property-diff.ts";
import { sanitize } from "../../engine/sanitize.ts";
import { table } from "../table.ts";

const marks: Readonly<Record<string, string>> = { add: "+ add", modify: "~ modify", remove: "- remove", import: "+ import" };
const replaced: Readonly<Record<string, string>> = { conditional: "may be replaced", always: "REPLACED" };

/** A preview as a table of resources, each changed property below; where the table is too wide, what a change means stands below it. */
export function previewText(preview: Preview, columns: number = Number.POSITIVE_INFINITY): string {
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
  const whole = table(["Action", "Resource", "Type", "What it means"], rows);
  const fits = whole.split("\n").every((line) => line.length <= columns);
  const first = fits ? whole : belowEachOther(rows);
  return [...replacedFirst(preview), first, ...details].map(sanitizeLines).join("\n");
}

function belowEachOther(rows: readonly (readonly string[])[]): string {
  const [head = "", ...lines] = table(
    ["Action", "Resource", "Type"],
    rows.map((row) => row.slice(0, 3)),
  ).split("\n");
  return [head, ...lines.flatMap((line, at) => [line, `    ${rows[at]?.[3] ?? ""}`])].join("\n");
}

/** Why everything goes before it comes again. */
const replacedFirst = ({ kind, stackName, stackStatus }: Preview): readonly string[] =>
  kind === "replace"
    ? [`The stack ${stackName} is ${stackStatus}: it has to be deleted first, and is then created anew.`, consent(stackStatus), ""]
    : [];

/** What `deploy` has to be told before it does so. */
const consent = (status: string | undefined): string =>
  status === "UPDATE_ROLLBACK_FAILED"
    ? "deploy needs --replace-failed-stack for that, or --continue-rollback: then the stack stays, and is updated."
    : "Where a service runs in it, or that can't be seen, deploy needs --replace-failed-stack for that.";

const sanitizeLines = (text: string) =>
  text
    .split("\n")
    .map((line) => sanitize(line))
    .join("\n");

const shown = (value: unknown) => shownValue(value) ?? "(none)";
