import { type ExplainContext, textAt } from "./context.ts";
import { containerRow, environmentRow, mappingRow, volumeRow } from "./rows.ts";

/**
 * The fields of a cause as places in this profile: `containers[].image` becomes `containers[0].image` when the row is
 * known; with a profile and an open row the path ends at the list; without a profile it stays as it is.
 */
export function resolveFields(fields: readonly string[], context: ExplainContext, captures: Readonly<Record<string, string>>): string[] {
  if (!context.profile) return [...new Set(fields)];
  const container = containerRow(context, captures);
  const rows: Readonly<Record<string, number | undefined>> = {
    containers: container,
    loadBalancerMappings: mappingRow(context, captures),
    volumes: volumeRow(context, captures),
    environment: container === undefined ? undefined : environmentRow(context, captures, container),
  };
  const resolve = (field: string): string => {
    let path = "";
    for (const part of field.split(".")) {
      const list = /^(.*)\[\]$/.exec(part)?.[1];
      path += `${path && "."}${list ?? part}`;
      if (list === undefined) continue;
      const row = rows[list];
      if (row === undefined) return path;
      path += `[${row}]`;
    }
    return path;
  };
  const paths = [...new Set(fields.map(resolve))];
  // A container without a limit of its own is bound by the task's memory: that is the field to change.
  const unlimited = (path: string): boolean =>
    /^containers\[\d+\]\.memory$/.test(path) && textAt(context.profile, "containers", container ?? 0, "memory") === undefined;
  return [...paths.filter((path) => !unlimited(path)), ...paths.filter(unlimited)];
}
