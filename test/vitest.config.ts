import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: new URL("..", import.meta.url).pathname,
    include: ["test/**/*.test.ts", "schemas/*/test/**/*.test.ts"],
    pool: "threads",
    // Tests share no state but pure modules; a fresh set of them for each file would take five times as long.
    isolate: false,
    testTimeout: 30_000,
  },
});
