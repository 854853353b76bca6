import type { PickerItem } from "../engine/discovery.ts";
import type { Clock } from "../engine/ports.ts";
import type { Problem } from "../engine/problem.ts";
import type { AwsClients } from "./clients.ts";
import { cleanItem, mergeItems } from "./items.ts";
import { isAbort, toProblem } from "./problems.ts";
import type { Inputs, Source } from "./source.ts";

/** Pauses before asking again a service that limits calls, milliseconds: the SDK has retried for half a minute by then. */
const pausesMs = [2_000, 5_000, 10_000, 20_000, 30_000];

/** How an answer comes along. */
export interface Progress {
  /** All items so far, after each page. */
  page(items: readonly PickerItem[]): void;
  /** AWS asks us to slow down. */
  slow(): void;
}

/** What a question ended with; aborted: nobody wants to know any more. */
export type Ending =
  | { readonly status: "complete" | "aborted"; readonly items: readonly PickerItem[] }
  | { readonly status: "failed"; readonly items: readonly PickerItem[]; readonly problem: Problem };

/** Asks a source for all its pages. Never rejects; throttling counts as a failure only after minutes. */
export async function loadSource(
  source: Source,
  clients: AwsClients,
  inputs: Inputs,
  clock: Clock,
  progress: Progress,
  signal: AbortSignal,
): Promise<Ending> {
  let items: readonly PickerItem[] = [];
  for (let attempt = 0; ; attempt++) {
    try {
      for await (const page of source.load(clients, inputs, signal)) {
        if (signal.aborted) return { status: "aborted", items };
        items = mergeItems(items, page.map(cleanItem), source.compare);
        progress.page(items);
      }
      return { status: "complete", items };
    } catch (error) {
      if (signal.aborted || isAbort(error)) return { status: "aborted", items };
      const problem = toProblem(error, { target: clients.target });
      const pause = pausesMs[attempt];
      if (problem.kind !== "throttled" || pause === undefined) return { status: "failed", items, problem };
      progress.slow();
      await clock.sleep(pause, signal).catch(() => {}); // an abort ends the next attempt at once
      if (signal.aborted) return { status: "aborted", items };
    }
  }
}
