import { UserError } from "../../engine/problem.ts";
import { formatPath } from "../../engine/schema.ts";
import { queryKey, wantedQueries } from "../wizard/queries.ts";
import { attempt, sayFailure } from "./attempt.ts";
import type { Program } from "./program.ts";
import type { Session } from "./state.ts";

/** Keeps the discovery answers of what is on the screen up to date until the returned function is called. */
export function followDiscovery(program: Program): () => void {
  const watched = new Map<string, () => void>();
  const sync = () => {
    const wanted = new Map(wantedQueries(program, program.state()).map((query) => [queryKey(query), query]));
    for (const [key, stop] of watched) {
      if (wanted.has(key)) continue;
      watched.delete(key);
      stop();
    }
    for (const [key, query] of wanted) {
      if (watched.has(key)) continue;
      watched.set(key, () => {});
      const stop = program.ports.discovery.watch(query, (answer) =>
        program.update((state) => ({ ...state, found: new Map(state.found).set(key, answer) })),
      );
      if (watched.has(key)) watched.set(key, stop);
      else stop();
    }
  };
  const unsubscribe = program.store.subscribe(sync);
  sync();
  return () => {
    unsubscribe();
    for (const stop of watched.values()) stop();
    watched.clear();
  };
}

/** Writes the open form as a draft a moment after each change; the returned function writes what is left and stops. */
export function followDraft(program: Program): { flush: () => void; stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let open: Session | undefined;
  const write = (session: Session) => {
    const { profile, level } = session.wizard;
    const { saved } = session;
    if (saved?.profile === profile) program.ports.drafts.remove(session.draftId);
    else
      program.ports.drafts.save({
        id: session.draftId,
        savedAt: program.ports.now(),
        profile,
        place: formatPath(level),
        ...(saved ? { from: { name: saved.name, revision: saved.revision } } : {}),
      });
  };
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const { session } = program.state();
    if (!session || session.wizard.profile === session.drafted) return;
    write(session);
    const { profile } = session.wizard;
    program.setSession((present) => ({ ...present, drafted: profile }));
  };
  const leave = (left: Session) => attempt(program, () => write(left));
  /** A draft that cannot be written – a full disk – is told, and tried again until it can. */
  const save = () => {
    try {
      flush();
    } catch (error) {
      if (error instanceof UserError) timer = setTimeout(save, 2000);
      sayFailure(program, error);
    }
  };
  const unsubscribe = program.store.subscribe(() => {
    const { session } = program.state();
    // Another form was opened before the moment had passed.
    if (open && open.draftId !== session?.draftId && open.wizard.profile !== open.drafted) leave(open);
    open = session;
    if (!session || session.wizard.profile === session.drafted || timer !== undefined) return;
    timer = setTimeout(save, 300);
  });
  return {
    flush,
    stop: () => {
      unsubscribe();
      flush();
    },
  };
}
