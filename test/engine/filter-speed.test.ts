import { expect, test } from "vitest";
import { manyGroups, timesOfTyping } from "../../scripts/bench/filter.ts";

test("5,000 groups are filtered within a frame at every keystroke", () => {
  const items = manyGroups(5000);
  timesOfTyping(items, 2);
  const { later } = timesOfTyping(items, 5);
  const median = later.sort((a, b) => a - b)[Math.floor(later.length / 2)] ?? Number.POSITIVE_INFINITY;
  expect(median).toBeLessThan(8);
});
