import { text, whole } from "../input.ts";
import { paginate } from "../paging.ts";
import type { Input, Output } from "../service.ts";
import { invalid } from "./errors.ts";

/** A part of a list the way every IAM List action pages: Marker, MaxItems (100), IsTruncated. */
export const listing = <T>(member: string, all: readonly T[], input: Input, wire: (each: T) => unknown): Output => {
  const limit = whole(input["MaxItems"]) ?? 100;
  if (!(limit >= 1 && limit <= 1000)) {
    const bound = limit < 1 ? "greater than or equal to 1" : "less than or equal to 1000";
    throw invalid(
      `1 validation error detected: Value '${input["MaxItems"]}' at 'maxItems' failed to satisfy constraint: Member must have value ${bound}`,
    );
  }
  const { items, next } = paginate(all, text(input["Marker"]), limit, () => invalid("Invalid Marker"));
  return { [member]: items.map(wire), IsTruncated: next !== undefined, Marker: next };
};
