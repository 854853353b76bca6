import { describe, expect, test } from "vitest";
import { costLine, monthlyCost } from "../../src/engine/cost.ts";
import { effective } from "../../src/engine/values.ts";

const step = (region: string, taskSize: Record<string, string | number>, desiredCount: number | string = 1) =>
  effective({ target: { region, cluster: "c" }, taskSize, deployment: { desiredCount } }).step;

describe("the estimated cost", () => {
  test("is what the smallest task costs in Ireland", () => {
    // A quarter of a vCPU and half a GB, 730 hours.
    expect(monthlyCost(step("eu-west-1", { cpu: 256, memory: 512 }))).toBeCloseTo((0.25 * 0.04048 + 0.5 * 0.004445) * 730, 6);
  });

  test("grows with the count, and is nothing for none", () => {
    const one = monthlyCost(step("us-east-1", { cpu: 1024, memory: 2048 })) as number;
    expect(monthlyCost(step("us-east-1", { cpu: 1024, memory: 2048 }, 3))).toBeCloseTo(3 * one, 6);
    expect(monthlyCost(step("us-east-1", { cpu: 1024, memory: 2048 }, 0))).toBe(0);
  });

  test("is less on Graviton and more with a larger disk", () => {
    const usual = monthlyCost(step("eu-west-1", { cpu: 512, memory: 1024 })) as number;
    expect(monthlyCost(step("eu-west-1", { cpu: 512, memory: 1024, cpuArchitecture: "ARM64" }))).toBeCloseTo(usual * 0.8, 6);
    expect(monthlyCost(step("eu-west-1", { cpu: 512, memory: 1024, ephemeralStorageGiB: 120 }))).toBeCloseTo(
      usual + 100 * 0.000111 * 730,
      6,
    );
  });

  test("is not guessed for an unknown region or a count that is still an expression", () => {
    expect(monthlyCost(step("xx-nowhere-1", { cpu: 256, memory: 512 }))).toBeUndefined();
    expect(costLine(step("eu-west-1", { cpu: 256, memory: 512 }, "#{Count}"))).toBeUndefined();
  });

  test("says that it is an estimate, and of when its prices are", () => {
    expect(costLine(step("eu-west-1", { cpu: 256, memory: 512 }))).toMatch(/^about \$9\.01 a month .*estimate.*2025-11/);
    const arm = step("eu-west-1", { cpu: 512, memory: 1024, cpuArchitecture: "ARM64", ephemeralStorageGiB: 50 });
    expect(costLine(arm)).toContain("1 × 512 CPU units (ARM), 1024 MiB, 50 GiB (estimate");
  });
});
