import type { Discovery, SourceQuery, Target } from "../../engine/discovery.ts";
import { UserError } from "../../engine/problem.ts";

/** A part of the world that is loaded after the first frame: promised to whoever can wait, at hand for whoever cannot. */
export interface Late<T> {
  readonly promised: Promise<T>;
  /** Throws a UserError in the first moments of the program, when it is not there yet. */
  now(): T;
  /** Undefined while it is not there yet. */
  known(): T | undefined;
}

/** Remembers what a promise gives. */
export function late<T>(promised: Promise<T>): Late<T> {
  let value: T | undefined;
  promised.then(
    (given) => {
      value = given;
    },
    () => {}, // whoever waits for `promised` gets the reason
  );
  return {
    promised,
    known: () => value,
    now: () => {
      if (value === undefined) throw new UserError("the program is still starting", { hint: "Try it again in a moment." });
      return value;
    },
  };
}

/** The discovery before it is there: questions wait for it. Every target is reached at the endpoint in use. */
export function lateDiscovery(discovery: Late<Discovery>, endpoint: Promise<string | undefined>): Discovery {
  const whole = Promise.all([discovery.promised, endpoint]);
  let endpointUrl: string | undefined;
  endpoint.then(
    (url) => {
      endpointUrl = url;
    },
    () => {},
  );
  const reached = (target: Target): Target => (endpointUrl ? { ...target, endpointUrl } : target);
  const asked = (query: SourceQuery): SourceQuery => ({ ...query, target: reached(query.target) });
  return {
    columns: (source) => discovery.known()?.columns(source) ?? [],
    peek: (query) => discovery.known()?.peek(asked(query)),
    watch: (query, onChange) => {
      const known = discovery.known();
      if (known) return known.watch(asked(query), onChange);
      let stop: (() => void) | undefined;
      let over = false;
      whole.then(
        ([real]) => {
          if (!over) stop = real.watch(asked(query), onChange);
        },
        () => {},
      );
      return () => {
        over = true;
        stop?.();
      };
    },
    refresh: (query) => discovery.known()?.refresh(asked(query)),
    identity: async (target) => (await whole)[0].identity(reached(target)),
  };
}
