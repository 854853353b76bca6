/** Amounts as other tools write them: durations, memory, processors. */
import type { Json } from "../schema.ts";

const seconds: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001 };
const mebibytes: Readonly<Record<string, number>> = { b: 1 / 1024 ** 2, k: 1 / 1024, m: 1, g: 1024 };

/** `1m30s` as 90; a bare number counts as seconds. Other texts stay. */
export function toSeconds(value: Json | undefined): Json | undefined {
  if (typeof value !== "string" || !/^(\d+(\.\d+)?(h|ms|m|s))+$|^\d+$/.test(value)) return value;
  if (/^\d+$/.test(value)) return Number(value);
  const parts = [...value.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s)/g)];
  return Math.round(parts.reduce((sum, [, amount, unit = "s"]) => sum + Number(amount) * (seconds[unit] ?? 1), 0));
}

/** `512M`, `1g` and bytes as MiB. Other texts stay. */
export function toMebibytes(value: Json | undefined): Json | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*([bkmg])?(?:i?b)?$/i.exec(String(value ?? ""));
  return match ? Math.ceil(Number(match[1]) * (mebibytes[(match[2] ?? "b").toLowerCase()] ?? 1)) : value;
}

/** `0.5` processors as 512 CPU units. Other texts stay. */
export function toUnits(value: Json | undefined): Json | undefined {
  return /^\d+(\.\d+)?$/.test(String(value ?? "")) ? Math.round(Number(value) * 1024) : value;
}

/** `1024`, `1 vCPU` and `.5 vcpu` as CPU units; other texts stay. */
export function cpuUnits(value: Json | undefined): Json | undefined {
  return named(value, /^(\d*\.?\d+)\s*vcpu$/i);
}

/** `2048`, `2 GB` and `0.5GB` as MiB; other texts stay. */
export function memoryMebibytes(value: Json | undefined): Json | undefined {
  return named(value, /^(\d*\.?\d+)\s*gi?b$/i);
}

function named(value: Json | undefined, form: RegExp): Json | undefined {
  if (typeof value !== "string") return value;
  const amount = form.exec(value.trim())?.[1];
  if (amount !== undefined) return Number(amount) * 1024;
  return /^\s*\d+\s*$/.test(value) ? Number(value) : value;
}
