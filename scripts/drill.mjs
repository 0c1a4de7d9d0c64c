import { spawnSync } from "node:child_process";

/** `npm run drill:<name>`: the long form of a test, on the embedded store or the one DATABASE_URL names. */
const DRILLS = {
  kill: {
    isOnBuild: true,
    command: ["playwright", "test", "--project=api", "durability"],
    settings: { DRILL_ROUNDS: "50" },
  },
  refresh: {
    isOnBuild: false,
    command: ["vitest", "run", "lib/grants/refresh-model.test.ts"],
    settings: { REFRESH_SCHEDULES: "1000" },
  },
  secrets: {
    isOnBuild: false,
    command: ["vitest", "run", "lib/kernel/secrets.test.ts"],
    settings: { SECRETS_SAMPLE: "1000000" },
  },
};

const drill = DRILLS[process.argv[2] ?? ""];
if (!drill) {
  console.error(`Name a drill: ${Object.keys(DRILLS).join(", ")}.`);
  process.exit(1);
}
if (drill.isOnBuild) run(process.execPath, ["scripts/build.mjs"]);
run("npx", drill.command, { ...drill.settings, ...process.env });

function run(program, args, env = process.env) {
  const { status } = spawnSync(program, args, { stdio: "inherit", env, shell: process.platform === "win32" });
  if (status !== 0) process.exit(status ?? 1);
}
