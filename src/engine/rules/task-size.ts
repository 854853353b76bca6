import type { Issue } from "../schema.ts";
import type { Container, Step } from "../sections/index.ts";
import { memorySizes } from "./fargate-sizes.ts";
import { error } from "./issues.ts";
import { knownNumber } from "./text.ts";

/** CPU and memory fit each other, and the containers fit into the task. */
export function* taskSizeRules({ taskSize, containers }: Step): Generator<Issue> {
  const cpu = knownNumber(taskSize.cpu);
  const memory = knownNumber(taskSize.memory);
  yield* memoryFitsCpu(cpu, memory);
  if (cpu !== undefined) yield* sumWithin(containers, "cpu", cpu, "CPU units", "containers-cpu");
  if (memory !== undefined) {
    yield* sumWithin(containers, "memory", memory, "MiB", "containers-memory");
    yield* sumWithin(containers, "memoryReservation", memory, "MiB", "containers-memory-reservation");
  }
  for (const [at, container] of containers.entries()) {
    const soft = knownNumber(container.memoryReservation);
    const hard = knownNumber(container.memory);
    if (soft === undefined || hard === undefined || soft < hard) continue;
    yield error(
      ["containers", at, "memoryReservation"],
      "memory-soft-over-hard",
      `The soft limit of ${soft} MiB is not below the hard limit of ${hard} MiB.`,
      "Lower memoryReservation, raise memory, or give only one of them.",
    );
  }
}

function* memoryFitsCpu(cpu: number | undefined, memory: number | undefined): Generator<Issue> {
  const sizes = memorySizes(cpu);
  if (memory === undefined || sizes.length === 0 || sizes.includes(memory)) return;
  const step = (sizes[1] ?? 0) - (sizes[0] ?? 0);
  const range = cpu === 256 ? sizes.join(", ") : `${sizes[0]} to ${sizes.at(-1)} in steps of ${step}`;
  const nearest = sizes.toSorted((a, b) => Math.abs(a - memory) - Math.abs(b - memory))[0];
  yield error(
    ["taskSize", "memory"],
    "cpu-memory-pair",
    `${memory} MiB of memory do not go with ${cpu} CPU units: Fargate has ${range} MiB there.`,
    `Set memory to ${nearest}, or choose another CPU size.`,
  );
}

type Amount = "cpu" | "memory" | "memoryReservation";

/** The first container with which the sum exceeds the task's size is the one named. */
function* sumWithin(containers: readonly Container[], key: Amount, limit: number, unit: string, rule: string): Generator<Issue> {
  const amounts = containers.map((container) => knownNumber(container[key]) ?? 0);
  const sum = amounts.reduce((total, amount) => total + amount, 0);
  if (sum <= limit) return;
  let running = 0;
  const at = amounts.findIndex((amount) => {
    running += amount;
    return running > limit;
  });
  const parts = amounts.filter((amount) => amount > 0);
  const arithmetic = parts.length > 1 ? `${parts.join(" + ")} = ${sum}` : `${sum}`;
  const soft = key === "memoryReservation";
  yield error(
    ["containers", at, key],
    rule,
    `The containers ${soft ? "reserve" : "may use"} ${arithmetic} ${unit}, more than the task's ${limit}.`,
    key === "cpu"
      ? "Choose a larger task size, or give the containers less CPU."
      : "Choose a larger task size, or lower the containers' memory.",
  );
}
