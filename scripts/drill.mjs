import { spawnSync } from "node:child_process";

/** `npm run drill:<name>`: the long form of a test, on the embedded store or the one DATABASE_URL names. */
const DRILLS = {
  canary: { spec: "canary", rounds: 200 },
  flood: { spec: "login-flood", rounds: 30 },
  kill: { spec: "durability", rounds: 50 },
  lease: { unit: "lib/verification/lease-model.test.ts", rounds: 500_000 },
  outage: { spec: "database-outage", rounds: 1 },
  power: { unit: "lib/roles/power-model.test.ts", rounds: 5000 },
  refresh: { unit: "lib/grants/refresh-model.test.ts", rounds: 1000 },
  reports: { spec: "reported-events", rounds: 100_000 },
  revocation: { spec: "revocation", rounds: 10_000 },
  secrets: { unit: "lib/kernel/secrets.test.ts", rounds: 1_000_000 },
  soak: { spec: "soak", rounds: 1800 },
  stop: { spec: "api/stop", rounds: 20 },
  tampering: { unit: "lib/audit/verify/tampering.test.ts", rounds: 200 },
  usage: { spec: "usage-counts", rounds: 100_000 },
};

const drill = DRILLS[process.argv[2] ?? ""];
if (!drill) {
  console.error(`Name a drill: ${Object.keys(DRILLS).join(", ")}.`);
  process.exit(1);
}
if (drill.spec) {
  const built = spawnSync(process.execPath, ["scripts/build.mjs"], { stdio: "inherit" });
  if (built.status !== 0) process.exit(1);
}
// One failure is what a drill looks for: a second try would hide it.
const command = drill.spec
  ? ["playwright", "test", "--project=api", "--retries=0", drill.spec]
  : ["vitest", "run", drill.unit];
const { status } = spawnSync("npx", command, {
  stdio: "inherit",
  env: { DRILL_ROUNDS: String(drill.rounds), ...process.env },
  shell: process.platform === "win32",
});
process.exit(status ?? 1);
