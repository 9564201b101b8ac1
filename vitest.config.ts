import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Each test file starts sessions of its own; more workers than cores only fight over them.
    maxWorkers: 2,
    pool: "forks",
  },
});
