import type { SourceState } from "../../engine/discovery.ts";
import { laterQueries, queryKey, wantedQueries } from "../wizard/queries.ts";
import type { Program } from "./program.ts";

/** So many look-ups ahead run at a time. */
const most = 2;
/** Nothing is begun before nobody has touched anything, and nothing has come, for so long. */
const afterMs = 400;

/**
 * Looks up what the pickers of later sections will list, when AWS knows us, the screen has all it needs itself and nobody types.
 * What is on its way is given up with the target it was for; an account that answers slowly is left alone until the target changes.
 */
export function followAhead(program: Program): () => void {
  const running = new Map<string, () => void>();
  let done = new Set<string>();
  let target = "";
  let calm = true;
  let seen: readonly unknown[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  const giveUp = (keep: (key: string) => boolean) => {
    for (const [key, stop] of running) {
      if (keep(key)) continue;
      running.delete(key);
      stop();
    }
  };

  const heard = (key: string, answer: SourceState) => {
    if (answer.status === "loading" && !answer.slow) return;
    if (answer.status === "loading") {
      calm = false;
      giveUp(() => false);
      return;
    }
    done.add(key);
    running.get(key)?.();
    running.delete(key);
    // Others build on it: the cluster's VPC is one of these answers.
    program.update((state) => ({ ...state, found: new Map(state.found).set(key, answer) }));
  };

  const begin = () => {
    const state = program.state();
    const needed = wantedQueries(program, state);
    const awaited = needed.some((query) => {
      const answer = state.found.get(queryKey(query));
      return answer === undefined || answer.status === "loading";
    });
    if (state.identity.status !== "known" || !calm || awaited) return;
    const asked = new Set(needed.map(queryKey));
    for (const query of laterQueries(program, state)) {
      const key = queryKey(query);
      if (running.size >= most || !calm) return;
      if (running.has(key) || done.has(key) || asked.has(key)) continue;
      let over = false;
      running.set(key, () => {
        over = true;
      });
      const stop = program.ports.discovery.watch(query, (answer) => {
        if (!over) heard(key, answer);
      });
      if (over) stop();
      else
        running.set(key, () => {
          over = true;
          stop();
        });
    }
  };

  const plan = () => {
    clearTimeout(timer);
    timer = setTimeout(begin, afterMs);
  };

  const look = () => {
    plan();
    const state = program.state();
    const sight = [state.session?.wizard.profile, state.found, state.vpcId, state.screen, state.asking];
    if (sight.every((one, at) => one === seen[at])) return;
    seen = sight;
    const later = laterQueries(program, state);
    const here = JSON.stringify([state.asking, later.find(({ source }) => source === "clusters")?.target]);
    if (here !== target) {
      target = here;
      calm = true;
      done = new Set();
    }
    const keys = new Set(later.map(queryKey));
    giveUp((key) => keys.has(key));
  };

  const unsubscribe = program.store.subscribe(look);
  look();
  return () => {
    unsubscribe();
    clearTimeout(timer);
    giveUp(() => false);
  };
}
