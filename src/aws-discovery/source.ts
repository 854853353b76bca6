import type { PickerColumn, PickerItem } from "../engine/discovery.ts";
import type { SourceId } from "../engine/schema.ts";
import type { AwsClients } from "./clients.ts";

/** The answers a source depends on besides the target, by name: `cluster`, `vpcId`, `repository`, `fileSystemId`. */
export type Inputs = Readonly<Record<string, string>>;

/** Items as they arrive; an item whose value came before replaces it, in its place. */
export type Pages = AsyncGenerator<readonly PickerItem[], void, undefined>;

/** One source of picker items. */
export interface Source {
  readonly id: SourceId;
  /** The items' columns; an item may have fewer. */
  readonly columns: readonly PickerColumn[];
  /** Inputs without which there is nothing to ask. */
  readonly needs: readonly string[];
  /** The IAM actions it calls, the one it cannot do without first; without the others columns stay empty. */
  readonly actions: readonly string[];
  /** The order of the items; absent: as they come. */
  readonly compare?: (a: PickerItem, b: PickerItem) => number;
  /** Asks AWS. May throw an SDK error after some items came: what came stays. Throws AbortError soon after the signal. */
  readonly load: (clients: AwsClients, inputs: Inputs, signal: AbortSignal) => Pages;
}

/** Orders items by their first column as people do: `web-2` before `web-10`. */
export const byName = (a: PickerItem, b: PickerItem): number => collator.compare(a.columns[0] ?? "", b.columns[0] ?? "");
const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
