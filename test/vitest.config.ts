import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: new URL("..", import.meta.url).pathname,
    include: ["test/**/*.test.ts", "schemas/*/test/**/*.test.ts"],
    pool: "threads",
    // Tests share no state but pure modules; a fresh set of them for each file would take five times as long.
    isolate: false,
    setupFiles: ["test/support/seed.ts"],
    testTimeout: 30_000,
  },
});
