/** The task sizes of https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html */
const ranges: ReadonlyMap<number, readonly [from: number, to: number, step: number]> = new Map([
  [512, [1024, 4096, 1024]],
  [1024, [2048, 8192, 1024]],
  [2048, [4096, 16384, 1024]],
  [4096, [8192, 30720, 1024]],
  [8192, [16384, 61440, 4096]],
  [16384, [32768, 122880, 8192]],
]);

const cpuSizes = [256, ...ranges.keys()];

/** The smallest task size with so many CPU units and MiB; undefined where no task is that large. */
export function smallestSize(cpu: number, memory: number): { readonly cpu: number; readonly memory: number } | undefined {
  for (const units of cpuSizes.filter((size) => size >= cpu)) {
    const mib = memorySizes(units).find((size) => size >= memory);
    if (mib !== undefined) return { cpu: units, memory: mib };
  }
  return undefined;
}

/** The memory sizes in MiB that go with a CPU size in units; none for an unknown CPU size. */
export function memorySizes(cpu: number | undefined): readonly number[] {
  if (cpu === 256) return [512, 1024, 2048];
  const range = cpu === undefined ? undefined : ranges.get(cpu);
  if (!range) return [];
  const [from, to, step] = range;
  return Array.from({ length: (to - from) / step + 1 }, (_, at) => from + at * step);
}
