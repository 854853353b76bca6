/** A cloud made of plain functions, and a clock that only moves when somebody sleeps. */
import type { Service, Stack, StackEvent, Task } from "../../../src/engine/deployment/facts.ts";
import type { Clock, Cloud } from "../../../src/engine/ports.ts";
import { type Problem, ProblemError, type ProblemKind } from "../../../src/engine/problem.ts";

/** A clock at `start` on which sleeping takes no time, with a list of what happens when. */
export function jumpingClock(start = Date.UTC(2026, 10, 23)): Clock & { at(ms: number, happen: () => void): void; readonly start: number } {
  let now = start;
  const agenda: { time: number; happen: () => void }[] = [];
  return {
    start,
    now: () => now,
    at: (ms, happen) => void agenda.push({ time: start + ms, happen }),
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      now += ms;
      for (const item of agenda.splice(0)) {
        if (item.time <= now) item.happen();
        else agenda.push(item);
      }
      await Promise.resolve();
      signal?.throwIfAborted();
    },
  };
}

/** A clock that stands until it is told to go on; resolves who sleeps, in order. */
export function standingClock(start = Date.UTC(2026, 10, 23)): Clock & { advance(ms: number): Promise<void> } {
  let now = start;
  let sleepers: { until: number; wake: () => void }[] = [];
  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        sleepers.push({ until: now + ms, wake: resolve });
        signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
      }),
    async advance(ms) {
      const end = now + ms;
      for (;;) {
        await new Promise((resolve) => setImmediate(resolve));
        const next = sleepers.filter((one) => one.until <= end).sort((a, b) => a.until - b.until)[0];
        if (!next) break;
        now = Math.max(now, next.until);
        sleepers = sleepers.filter((one) => one !== next);
        next.wake();
      }
      now = end;
    },
  };
}

/** A refused or failed call. */
export function problem(kind: ProblemKind, more: Partial<Problem> = {}): ProblemError {
  return new ProblemError({ kind, message: `${kind} happened.`, hint: "Do something.", ...more });
}

/** A cloud that knows only these calls; every other is a mistake of the test. */
export function scriptedCloud(calls: Partial<Cloud>): Cloud & { readonly made: string[] } {
  const made: string[] = [];
  return new Proxy({ made } as Cloud & { readonly made: string[] }, {
    get(target, name: keyof Cloud | "made") {
      if (name === "made") return target.made;
      return (...args: never[]) => {
        made.push(name);
        const call = calls[name] as ((...args: never[]) => unknown) | undefined;
        if (!call) throw new Error(`The test did not expect ${name}`);
        return call(...args);
      };
    },
  });
}

export const stackId = "arn:aws:cloudformation:eu-west-1:123456789012:stack/shop/1";

let counter = 0;

/** An event of the stack `shop`; without `logicalId` it speaks of the stack itself. */
export function stackEvent(given: Partial<StackEvent> & { readonly status: string }): StackEvent {
  counter++;
  return {
    id: `event-${counter}`,
    at: new Date(Date.UTC(2026, 10, 23) + counter * 1000).toISOString(),
    stackId,
    stackName: "shop",
    logicalId: "shop",
    resourceType: given.logicalId ? "AWS::ECS::Service" : "AWS::CloudFormation::Stack",
    ...(given.logicalId ? {} : { physicalId: stackId }),
    ...given,
  };
}

/** The pages of a history given oldest first. */
export async function* pagesOf(events: readonly StackEvent[], size = 100): AsyncGenerator<readonly StackEvent[]> {
  const newestFirst = events.toReversed();
  for (let at = 0; at === 0 || at < newestFirst.length; at += size) yield newestFirst.slice(at, at + size);
}

export function stack(status: string, more: Partial<Stack> = {}): Stack {
  return { id: stackId, name: "shop", status, outputs: {}, parameters: {}, tags: [], ...more };
}

export function service(more: Partial<Service> = {}): Service {
  return {
    arn: "arn:aws:ecs:eu-west-1:123456789012:service/prod/shop",
    name: "shop",
    clusterArn: "arn:aws:ecs:eu-west-1:123456789012:cluster/prod",
    status: "ACTIVE",
    desired: 1,
    running: 1,
    pending: 0,
    deployments: [
      {
        id: "ecs-svc/1",
        status: "PRIMARY",
        taskDefinition: "arn:aws:ecs:eu-west-1:123456789012:task-definition/shop:1",
        desired: 1,
        running: 1,
        pending: 0,
        failed: 0,
        rollout: "COMPLETED",
      },
    ],
    events: [],
    loadBalancers: [],
    ...more,
  };
}

export function task(more: Partial<Task> & { readonly id: string }): Task {
  return {
    arn: `arn:aws:ecs:eu-west-1:123456789012:task/prod/${more.id}`,
    taskDefinition: "arn:aws:ecs:eu-west-1:123456789012:task-definition/shop:1",
    lastStatus: "RUNNING",
    desiredStatus: "RUNNING",
    startedBy: "ecs-svc/1",
    containers: [],
    ...more,
  };
}

/** All that a generator yields, and what it returns. */
export async function drain<E, R>(facts: AsyncGenerator<E, R>): Promise<{ readonly events: E[]; readonly result: R }> {
  const events: E[] = [];
  for (;;) {
    const step = await facts.next();
    if (step.done) return { events, result: step.value };
    events.push(step.value);
  }
}
