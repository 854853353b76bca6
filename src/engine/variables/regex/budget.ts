import { exception } from "../errors.ts";
import { limits } from "../limits.ts";

/** Counts attempts of a regular expression; throws when there are too many. */
export type Spend = (attempts: number) => void;

/** The attempts the regular expressions of one evaluation may make, so that no pattern can hang the program. */
export function attemptBudget(): Spend {
  let left: number = limits.regexAttempts;
  return (attempts) => {
    left -= attempts;
    if (left < 0) throw exception("the regular expression takes too many attempts on this value; make its repetitions more specific");
  };
}
