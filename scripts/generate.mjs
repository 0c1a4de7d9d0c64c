import { spawnSync } from "node:child_process";
import { generateClientWhenStale } from "./build.mjs";

// What lint, types and tests read: the database client and the types of the routes.
generateClientWhenStale();
const { status } = spawnSync("npx --no-install next typegen", {
  env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" },
  stdio: "inherit",
  shell: true,
});
process.exit(status ?? 1);
