/** Which rows of the profile's lists a message is about. */
import { type ExplainContext, rowsAt, textAt } from "./context.ts";
import { parseImageName } from "./image-name.ts";

type Captures = Readonly<Record<string, string>>;

const only = (rows: readonly unknown[]): number => (rows.length === 1 ? 0 : -1);

/** Finds the row a predicate accepts when exactly one does, else the only row; undefined when it stays open. */
function pick(rows: readonly unknown[], accept: (row: unknown) => boolean): number | undefined {
  const found = rows.flatMap((row, at) => (accept(row) ? [at] : []));
  const at = found.length === 1 ? (found[0] as number) : only(rows);
  return at >= 0 ? at : undefined;
}

function sameImage(a: string | undefined, b: string | undefined): boolean {
  const [left, right] = [parseImageName(a ?? ""), parseImageName(b ?? "")];
  return left !== undefined && right !== undefined && left.repository === right.repository && (left.tag === right.tag || !right.tag);
}

/** The container's row: by its name, by its image, or because there is only one. */
export function containerRow({ profile, container }: ExplainContext, captures: Captures): number | undefined {
  const rows = rowsAt(profile, "containers");
  const name = container ?? captures["container"];
  const named = rows.findIndex((row) => name !== undefined && textAt(row, "name") === name);
  return named >= 0 ? named : pick(rows, (row) => sameImage(captures["image"], textAt(row, "image")));
}

/** The load balancer mapping's row: by target group, by container, or because there is only one. */
export function mappingRow({ profile, container }: ExplainContext, captures: Captures): number | undefined {
  const group = captures["target_group"];
  const name = captures["container"] ?? container;
  return pick(rowsAt(profile, "loadBalancerMappings"), (row) => {
    const arn = textAt(row, "targetGroupArn");
    return group !== undefined
      ? arn !== undefined && (arn === group || arn.includes(`targetgroup/${group}`))
      : textAt(row, "containerName") === name;
  });
}

/** The volume's row: by the file system a message names, or the only EFS volume. */
export function volumeRow({ profile }: ExplainContext, captures: Captures): number | undefined {
  const rows = rowsAt(profile, "volumes");
  const id = /fs-[0-9a-z]+/.exec(`${captures["host"] ?? ""} ${captures["target"] ?? ""}`)?.[0];
  const efs = (row: unknown) => textAt(row, "fileSystemId") !== undefined;
  return pick(rows, (row) => (id ? textAt(row, "fileSystemId") === id : efs(row)));
}

/** The environment variable's row of a container: the one whose source names the secret, its JSON key or the parameter; or the only one with a source. */
export function environmentRow({ profile }: ExplainContext, captures: Captures, container: number): number | undefined {
  const rows = rowsAt(profile, "containers", container, "environment");
  const { key, parameter, secret, resource } = captures;
  const wanted = secret ?? parameter ?? resource;
  return pick(rows, (row) => {
    const from = textAt(row, "valueFrom");
    if (from === undefined) return false;
    if (key !== undefined) return from.split(":").includes(key);
    return wanted === undefined || from.includes(wanted.replace(/-\?+$|\*$/g, ""));
  });
}
