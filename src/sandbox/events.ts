import { nextHex } from "./ids.ts";
import type { ScheduledEvent, World } from "./world.ts";

/** Puts an event in its place of the queue: by time, after those already there for the same moment. Answers its id. */
export const schedule = (world: World, event: Omit<ScheduledEvent, "id">): string => {
  const id = nextHex(world, 16);
  let low = 0;
  let high = world.events.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((world.events[middle]?.at ?? 0) <= event.at) low = middle + 1;
    else high = middle;
  }
  world.events.splice(low, 0, { id, ...event });
  return id;
};

/** Takes an event out of the queue, if it is still there. */
export const unschedule = (world: World, id: string): void => {
  const index = world.events.findIndex((event) => event.id === id);
  if (index >= 0) world.events.splice(index, 1);
};

/** Takes the next event out that is due at `time`; undefined when none is. */
export const takeDue = (world: World, time: number): ScheduledEvent | undefined => {
  const next = world.events[0];
  return next && next.at <= time ? world.events.shift() : undefined;
};
