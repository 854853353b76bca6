import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts", "test/**/*.test.tsx"],
    // Most tests wait for a process or a screen: two at a time even where there are two cores only.
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    reporters: ["default"],
    env: { NO_COLOR: "1", FORCE_COLOR: "0" },
  },
});
