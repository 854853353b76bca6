/** Drives a deployment independently of any screen: numbers, records and folds each fact, and tells whoever listens. */
import type { ExplainFacts } from "../diagnosis/context.ts";
import type { Finding } from "../diagnosis/finding.ts";
import type { Clock } from "../ports.ts";
import type { Answer, Decide, MayDecide } from "./decide.ts";
import { type DeployEvent, type RecordedEvent, stampEvent } from "./events.ts";
import { factGathering, type GatherFacts } from "./fact-gathering.ts";
import { createInbox } from "./inbox.ts";
import type { Outcome } from "./outcome.ts";
import { fold, noProgress, type Progress } from "./progress.ts";
import { incompleteRecord, type Recorder, type RecordHeader } from "./record.ts";
import type { DeployPorts } from "./session.ts";

/** Called after every fact. */
export type RunListener = (event: RecordedEvent, progress: Progress) => void;

/** A deployment under way. */
export interface Run {
  /** All facts so far, the outcome last. */
  readonly events: readonly RecordedEvent[];
  progress(): Progress;
  /** Hears every fact from now on; returns how to stop hearing. A listener that throws stops nothing. */
  subscribe(listener: RunListener): () => void;
  /** Stops watching; the deployment goes on in AWS. */
  stopWatching(): void;
  /** Asks AWS to cancel; `keep`: a failed creation is kept for inspection instead of deleted. */
  cancel(options?: { readonly keep?: boolean }): void;
  /** Answers `progress().question`, when no `decide` was given. */
  answer(answer: Answer): void;
  /** Asks AWS again now where it was lost, not only when its time has come. */
  askAgain(): void;
  /** The end. Rejects on a bug, or when no record could be begun. */
  readonly done: Promise<Outcome>;
}

/** What a run needs. */
export interface RunOptions {
  readonly ports: Omit<DeployPorts, "decide" | "inbox">;
  /** `deploy`, `remove` or `watch` with its plan: `(ports, signal) => deploy(ports, plan, signal)`. */
  readonly work: (ports: DeployPorts, signal: AbortSignal) => AsyncGenerator<DeployEvent, Outcome>;
  readonly header: RecordHeader;
  readonly recorder?: Recorder;
  /** Answers questions; absent, or where it has no answer: they wait for `answer`. */
  readonly decide?: MayDecide;
  /** Looks around in the account when something fails; what it finds is told, and so at hand when the failure is explained. */
  readonly facts?: GatherFacts;
  /** Explains a failure from everything that was told, the outcome last; its findings are told before the outcome. */
  readonly explain?: (events: readonly RecordedEvent[]) => readonly Finding[];
}

/** Begins a run at once. */
export function startRun({ ports, work, header, recorder, decide, facts: gather, explain }: RunOptions): Run {
  const events: RecordedEvent[] = [];
  const listeners = new Set<RunListener>();
  const inbox = createInbox();
  const watching = new AbortController();
  const answering = answers(watching.signal);
  const keeping = keep(recorder);
  const gathering = factGathering(gather);
  let progress = noProgress;

  const tell = async (fact: DeployEvent, clock: Clock): Promise<void> => {
    const event = stampEvent(fact, events.length + 1, clock.now());
    events.push(event);
    progress = fold(progress, event);
    for (const listener of [...listeners]) hear(listener, event, progress);
    const damage = await keeping.append(event);
    if (damage !== undefined) await tell({ type: "warning", message: `${incompleteRecord}: ${damage}` }, clock);
  };

  const drive = async (): Promise<Outcome> => {
    await keeping.begin(header);
    const seen = work(
      { ...ports, inbox, decide: async (question) => (await decide?.(question)) ?? (await answering.ask(question)) },
      watching.signal,
    );
    const tellFacts = async (facts: ExplainFacts | undefined) => facts && tell({ type: "facts", facts }, ports.clock);
    for (;;) {
      const step = await seen.next();
      if (!step.done) {
        await tell(step.value, ports.clock);
        gathering.notice(step.value);
        await tellFacts(gathering.arrived());
        continue;
      }
      if (explain && isWorthExplaining(step.value)) await tellFacts(await gathering.atLast(step.value));
      const { status, ...rest } = step.value;
      const outcome: DeployEvent = { type: "outcome", status, ...rest };
      const all = () => [...events, stampEvent(outcome, events.length + 1, ports.clock.now())];
      const findings = explain && isWorthExplaining(step.value) ? explain(all()) : [];
      for (const finding of findings) await tell({ type: "finding", finding }, ports.clock);
      await tell(outcome, ports.clock);
      return step.value;
    }
  };

  return {
    events,
    progress: () => progress,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stopWatching: () => watching.abort(new Error("Watching was stopped")),
    cancel: ({ keep = false } = {}) => inbox.put({ kind: "cancel", keep }),
    answer: (answer) => answering.answer(answer),
    askAgain: () => inbox.wake(),
    done: drive(),
  };
}

/** A failure, and a time-out: what kept it from succeeding may be plain already. */
function isWorthExplaining({ status }: Outcome): boolean {
  return status === "failed" || status === "timedOut";
}

function hear(listener: RunListener, event: RecordedEvent, progress: Progress): void {
  try {
    listener(event, progress);
  } catch {
    // A screen that fails must not take the deployment with it; it fails visibly by itself.
  }
}

/** Questions that wait for an answer from elsewhere, or for the watching to stop. */
function answers(signal: AbortSignal): { readonly ask: Decide; answer(answer: Answer): void } {
  let resolve: ((answer: Answer) => void) | undefined;
  return {
    ask: () =>
      new Promise<Answer>((resolved, reject) => {
        resolve = resolved;
        signal.addEventListener("abort", () => reject(signal.reason), { once: true });
      }),
    answer: (answer) => resolve?.(answer),
  };
}

/** A recorder whose first failure is told, and which is then left alone. */
function keep(recorder: Recorder | undefined): {
  begin(header: RecordHeader): Promise<void>;
  append(event: RecordedEvent): Promise<string | undefined>;
} {
  let broken = recorder === undefined;
  return {
    begin: async (header) => recorder?.begin(header),
    async append(event) {
      if (broken) return undefined;
      try {
        await recorder?.append(event);
        return undefined;
      } catch (error) {
        broken = true;
        return error instanceof Error ? error.message : String(error);
      }
    },
  };
}
