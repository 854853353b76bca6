import { expect, test } from "vitest";
import { compareProfiles } from "../../src/screens/profiles/compare.ts";

const web = (value: string, image: string) => ({ containers: [{ name: "web", image, environment: [{ name: "DB_PASSWORD", value }] }] });

test("a secret that was kept without its value is not compared, and so never shown", () => {
  expect(compareProfiles(web("•••", "web:1"), web("hunter2", "web:2"))).toEqual(["containers[0].image: web:1 → web:2"]);
});

test("values of variables stay hidden", () => {
  expect(compareProfiles({ variables: { A: "1", B: "2" } }, { variables: { A: "3", C: "4" } })).toEqual([
    "variables.A: another value",
    "variables.B: removed",
    "variables.C: added",
  ]);
});
