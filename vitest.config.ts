import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    setupFiles: ["test/property-cases.ts"],
    // A machine that does much else meanwhile is slow, not broken.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // Each test file starts sessions of its own; more workers than cores only fight over them.
    maxWorkers: 2,
    pool: "forks",
  },
});
