import path from "node:path";
import { defineConfig } from "vitest/config";

const root = import.meta.dirname;

export default defineConfig({
  resolve: {
    alias: {
      "@": root,
      "server-only": path.join(root, "node_modules/server-only/empty.js"),
    },
  },
  test: {
    include: ["lib/**/*.test.ts", "app/**/*.test.ts", "examples/**/*.test.ts"],
    globalSetup: "lib/testing/template.ts",
    setupFiles: "lib/testing/setup.ts",
    // By itself it would leave one core to a watcher that is not there.
    maxWorkers: "100%",
    // Every test makes its own organization and every file its own store, so files may share a process:
    // the embedded PostgreSQL is compiled once in each, which halves the whole run.
    isolate: false,
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
