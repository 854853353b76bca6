import type { ChangeSet, ResourceChange } from "../../engine/deployment/change-set.ts";
import { type Line, span } from "../ui/spans.ts";
import type { Tone } from "../ui/theme.tsx";

/** A change set, resource by resource: what is added, modified, removed or replaced, and by which properties. */
export function changeLines(changes: ChangeSet | undefined): Line[] {
  if (!changes || changes.changes.length === 0) return [[span("   Nothing would change: the stack is as the profile wants it.", "good")]];
  return changes.changes.flatMap((change) => [head(change), ...details(change)]);
}

function head(change: ResourceChange): Line {
  const [word, tone] = verdict(change);
  return [span(`   ${word.padEnd(10)}`, tone, { bold: true }), span(`${change.logicalId}  `), span(change.type, "muted")];
}

function verdict({ action, replacement }: ResourceChange): [string, Tone] {
  if (action === "Add") return ["+ add", "good"];
  if (action === "Remove") return ["- remove", "bad"];
  if (replacement === "True") return ["! replace", "bad"];
  if (replacement === "Conditional") return ["? replace", "warn"];
  return ["~ modify", "warn"];
}

function details(change: ResourceChange): Line[] {
  if (change.action !== "Modify") return [];
  return change.details.map((detail) => {
    const name = detail.path ?? detail.name ?? detail.attribute;
    const values =
      detail.before !== undefined || detail.after !== undefined ? `  ${detail.before ?? "nothing"} → ${detail.after ?? "nothing"}` : "";
    return [span(`              ${name}`), span(values, "muted"), span(detail.recreation === "Always" ? "  replaces it" : "", "bad")];
  });
}
