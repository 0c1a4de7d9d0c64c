import path from "node:path";
import { configDefaults, defineConfig } from "vitest/config";

const root = import.meta.dirname;

/** What reaches no database, or only the embedded one, has nothing to say about PostgreSQL. */
const WITHOUT_POSTGRES = [
  "lib/{edge,http,format,mail,testing,transport}/**",
  "lib/audit/verify/{bundle,bundle-broken,event}.test.ts",
  "lib/audit/{checkpoint,merkle,note,sentence,tiles}.test.ts",
  "lib/kernel/{ids,networks,permissions,random,rules,secrets,secret-key}.test.ts",
  "lib/store/{data-directory-lock,embedded}.test.ts",
  "lib/verification/{lease,lease-model,rate-limit,turns}.test.ts",
  "{app,examples}/**",
];

export default defineConfig({
  resolve: {
    alias: {
      "@": root,
      "server-only": path.join(root, "node_modules/server-only/empty.js"),
    },
  },
  test: {
    include: ["lib/**/*.test.ts", "app/**/*.test.ts", "examples/**/*.test.ts"],
    exclude: [...configDefaults.exclude, ...(process.env.DATABASE_URL ? WITHOUT_POSTGRES : [])],
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
