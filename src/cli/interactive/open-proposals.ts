import type { Preview } from "../../engine/deployment/preview.ts";
import type { Deployer, ReadyProfile } from "../deployment/deployer.ts";

/** For how long leaving the program waits for AWS to throw the change sets of open proposals away. */
const patience = 5_000;

/** The change sets that were made to be shown, and must not outlive the program. */
export interface OpenProposals {
  /** Makes one, until it is settled, discarded, or the program is left. */
  open(ready: ReadyProfile, signal: AbortSignal): Promise<Preview>;
  /** It is being executed. */
  settled(changeSetId: string): void;
  /** Throws it away. */
  discard(proposal: Preview): Promise<void>;
  /** Throws away all that are open or still being made. */
  leave(): Promise<void>;
}

/** No proposals yet. */
export function openProposals(deployer: Pick<Deployer, "propose" | "discard">): OpenProposals {
  const shown = new Map<string, () => Promise<void>>();
  const making = new Set<Promise<unknown>>();
  const left = new AbortController();

  const settled = (id: string) => void shown.delete(id);
  const discard = async (proposal: Preview) => {
    const id = proposal.changeSet?.id ?? "";
    const throwAway = shown.get(id);
    shown.delete(id);
    await throwAway?.();
  };

  return {
    async open(ready, signal) {
      const made = deployer.propose(ready, AbortSignal.any([signal, left.signal]));
      making.add(made);
      try {
        const proposal = await made;
        if (proposal.changeSet) shown.set(proposal.changeSet.id, () => deployer.discard(ready, proposal));
        return proposal;
      } finally {
        making.delete(made);
      }
    },
    settled,
    discard,
    async leave() {
      left.abort(new Error("The program is left"));
      const all = async () => {
        await Promise.allSettled(making);
        await Promise.allSettled([...shown.values()].map((throwAway) => throwAway()));
      };
      let timer: ReturnType<typeof setTimeout> | undefined;
      await Promise.race([
        all(),
        new Promise<void>((resolve) => {
          timer = setTimeout(resolve, patience);
        }),
      ]);
      clearTimeout(timer);
    },
  };
}
