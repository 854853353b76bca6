import type { Preview } from "../../engine/deployment/preview.ts";
import type { PreviewChange } from "../../engine/deployment/preview-changes.ts";
import { shownValue } from "../../engine/deployment/property-diff.ts";
import { type Line, span } from "../ui/spans.ts";
import type { Tone } from "../ui/theme.tsx";

/** A preview, resource by resource: what is added, modified, removed or replaced, what that means, and by which properties. */
export function changeLines({ kind, stackStatus, changes, findings, warnings, causes = [] }: Preview): Line[] {
  const notes = [
    ...warnings.map((text): Line => [span(`   ! ${text}`, "warn")]),
    ...findings.map(
      ({ severity, logicalId, message }): Line => [
        span(
          `   ${severity === "error" ? "✗" : "!"} ${logicalId ? `${logicalId}: ` : ""}${message}`,
          severity === "error" ? "bad" : "warn",
        ),
      ],
    ),
    ...causes
      .flatMap(({ explanation }) => (explanation ? [explanation.cause, ...explanation.fix] : []))
      .map((text): Line => [span(`     ${text}`)]),
  ];
  if (kind === "busy")
    return [[span(`   Another operation is running (${stackStatus ?? ""}); the preview has to wait for its end.`, "warn")]];
  if (kind === "unchanged") return [...notes, [span("   Nothing would change: the stack is as the profile wants it.", "good")]];
  const first = `   The stack is ${stackStatus ?? ""}: it has to be deleted first, and is then created anew. Where something runs in it you are asked again.`;
  return [
    ...(kind === "replace" ? [[span(first, "warn")], []] : []),
    ...notes,
    ...changes.flatMap((change) => [head(change), [span(`              ${change.meaning}`, "muted")] as Line, ...details(change)]),
  ];
}

function head(change: PreviewChange): Line {
  const [word, tone] = verdict(change);
  return [span(`   ${word.padEnd(10)}`, tone, { bold: true }), span(`${change.logicalId}  `), span(change.type, "muted")];
}

function verdict({ action, replacement }: PreviewChange): [string, Tone] {
  if (action === "add" || action === "import") return [`+ ${action}`, "good"];
  if (action === "remove") return ["- remove", "bad"];
  if (replacement === "always") return ["! replace", "bad"];
  if (replacement === "conditional") return ["? replace", "warn"];
  return ["~ modify", "warn"];
}

function details({ action, properties }: PreviewChange): Line[] {
  if (action !== "modify") return [];
  return properties.map(({ path, before, after }) => [
    span(`              ${path}`),
    span(`  ${shown(before)} → ${shown(after)}`, "muted"),
  ]);
}

const shown = (value: unknown) => shownValue(value) ?? "nothing";
