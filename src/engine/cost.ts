/** What a service costs a month on Fargate, estimated from a table of list prices. */
import type { Step } from "./sections/index.ts";

/** When the table was made, year and month. */
export const pricesOf = "2025-11";

/** On-demand list prices in US dollars an hour, Linux on X86: a vCPU, and a GB of memory. See https://aws.amazon.com/fargate/pricing/. */
const prices: Readonly<Record<string, readonly [vcpu: number, gb: number]>> = {
  "us-east-1": [0.04048, 0.004445],
  "us-east-2": [0.04048, 0.004445],
  "us-west-1": [0.04656, 0.00511],
  "us-west-2": [0.04048, 0.004445],
  "ca-central-1": [0.04456, 0.004865],
  "eu-central-1": [0.04656, 0.00511],
  "eu-north-1": [0.0445, 0.0049],
  "eu-west-1": [0.04048, 0.004445],
  "eu-west-2": [0.04656, 0.00511],
  "eu-west-3": [0.0486, 0.0053],
  "ap-northeast-1": [0.05056, 0.00553],
  "ap-south-1": [0.04256, 0.00467],
  "ap-southeast-1": [0.05056, 0.00553],
  "ap-southeast-2": [0.04856, 0.00532],
  "sa-east-1": [0.0696, 0.0076],
};

/** Graviton is a fifth cheaper. */
const arm = 0.8;
/** Beyond the 20 GiB that are free. */
const storageGb = 0.000111;
const freeStorage = 20;
const hoursAMonth = 730;

/**
 * The estimated price of running a step's tasks for a month in US dollars, compute only; undefined where region, size or count
 * are not known. Spot capacity costs less, by an amount that changes.
 */
export function monthlyCost({ target, taskSize, deployment }: Pick<Step, "target" | "taskSize" | "deployment">): number | undefined {
  const price = prices[target.region];
  const { cpu, memory, cpuArchitecture, ephemeralStorageGiB } = taskSize;
  const count = deployment.desiredCount;
  if (!price || typeof cpu !== "number" || typeof memory !== "number" || typeof count !== "number") return undefined;
  const [vcpu, gb] = price;
  const compute = ((cpu / 1024) * vcpu + (memory / 1024) * gb) * (cpuArchitecture === "ARM64" ? arm : 1);
  const storage = typeof ephemeralStorageGiB === "number" ? Math.max(0, ephemeralStorageGiB - freeStorage) * storageGb : 0;
  return (compute + storage) * hoursAMonth * count;
}

/** The estimate in one line, said to be one. */
export function costLine(step: Pick<Step, "target" | "taskSize" | "deployment">): string | undefined {
  const cost = monthlyCost(step);
  if (cost === undefined) return undefined;
  const spot = (step.deployment.capacityProviders ?? []).some(({ provider }) => provider === "FARGATE_SPOT");
  const amount = cost < 10 ? cost.toFixed(2) : cost.toFixed(0);
  const { cpu, memory, cpuArchitecture, ephemeralStorageGiB } = step.taskSize;
  const disk = typeof ephemeralStorageGiB === "number" ? `, ${ephemeralStorageGiB} GiB` : "";
  const size = `${cpu} CPU units${cpuArchitecture === "ARM64" ? " (ARM)" : ""}, ${memory} MiB${disk}`;
  return `about $${amount} a month for ${step.deployment.desiredCount} × ${size}${spot ? ", less with Spot" : ""} (estimate, compute only, list prices of ${pricesOf})`;
}
