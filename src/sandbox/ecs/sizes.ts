const MIB_PER_GIB = 1024;

function range(from: number, to: number, step: number): number[] {
  return Array.from({ length: (to - from) / step + 1 }, (_, index) => (from + index * step) * MIB_PER_GIB);
}

/** Memory sizes (MiB) Fargate offers for each CPU size (units). */
const MEMORY_OF_CPU: Record<number, number[]> = {
  256: [512, 1024, 2048],
  512: range(1, 4, 1),
  1024: range(2, 8, 1),
  2048: range(4, 16, 1),
  4096: range(8, 30, 1),
  8192: range(16, 60, 4),
  16384: range(32, 120, 8),
};

/** Whether Fargate runs tasks of this CPU (units) and memory (MiB). */
export function isFargateSize(cpu: number, memory: number): boolean {
  return MEMORY_OF_CPU[cpu]?.includes(memory) ?? false;
}

function amount(text: string, unit: RegExp, factor: number): number {
  const match = unit.exec(text.trim());
  return match ? Math.round(Number(match[1]) * factor) : Number(text.trim());
}

/** CPU units of `256` or `.25 vCPU`; NaN for anything else. */
export function cpuUnits(text: string): number {
  return amount(text, /^([\d.]+)\s*vCPU$/i, MIB_PER_GIB);
}

/** MiB of `512` or `0.5 GB`; NaN for anything else. */
export function memoryMiB(text: string): number {
  return amount(text, /^([\d.]+)\s*GB$/i, MIB_PER_GIB);
}
