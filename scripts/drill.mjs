import { spawnSync } from "node:child_process";

/** `npm run drill:kill`: the long form of a durability test, on the embedded store or the one DATABASE_URL names. */
const DRILLS = { kill: { spec: "durability", rounds: 50 } };

const drill = DRILLS[process.argv[2] ?? ""];
if (!drill) {
  console.error(`Name a drill: ${Object.keys(DRILLS).join(", ")}.`);
  process.exit(1);
}
const built = spawnSync(process.execPath, ["scripts/build.mjs"], { stdio: "inherit" });
if (built.status !== 0) process.exit(1);
const { status } = spawnSync("npx", ["playwright", "test", "--project=api", drill.spec], {
  stdio: "inherit",
  env: { DRILL_ROUNDS: String(drill.rounds), ...process.env },
  shell: process.platform === "win32",
});
process.exit(status ?? 1);
