import { mkdirSync, writeFileSync } from "node:fs";
import { Session } from "node:inspector";
import { join } from "node:path";

// Node takes --cpu-prof from its command line only; this can be imported into a process that somebody else starts.
const session = new Session();
session.connect();
session.post("Profiler.enable");
session.post("Profiler.start");
process.on("exit", () => {
  session.post("Profiler.stop", (error, answer) => {
    if (error) throw error;
    mkdirSync(process.env.BENCH_PROFILE, { recursive: true });
    writeFileSync(join(process.env.BENCH_PROFILE, `${process.pid}.cpuprofile`), JSON.stringify(answer.profile));
  });
});
