/** The value of the tag `Name`, in EC2's form and EFS's; empty when there is none. */
export const nameTag = (tags: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined): string =>
  tags?.find(({ Key }) => Key === "Name")?.Value ?? "";

/** A number of things in words: `1 task`, `2 tasks`. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** A size as people read it, in powers of 1024: `12.3 MiB`. */
export function formatBytes(bytes: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** power;
  return `${value >= 100 || power === 0 ? Math.round(value) : value.toFixed(1)} ${units[power]}`;
}

/** A moment to the minute, UTC: `2026-11-20 14:03`. */
export const formatMoment = (date: Date): string => date.toISOString().slice(0, 16).replace("T", " ");

/** The last part of an ARN's resource: `cluster/production` → `production`. */
export const lastOfArn = (arn: string): string => arn.slice(arn.lastIndexOf("/") + 1);
