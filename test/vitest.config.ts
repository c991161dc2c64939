import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: new URL("..", import.meta.url).pathname,
    include: ["test/**/*.test.ts", "schemas/*/test/**/*.test.ts"],
    pool: "threads",
    testTimeout: 30_000,
  },
});
