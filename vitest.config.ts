import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts", "test/**/*.test.tsx"],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    reporters: ["default"],
    env: { NO_COLOR: "1", FORCE_COLOR: "0" },
  },
});
