import { installPackages } from "./install.mjs";

installPackages();
const { bundle, buildWhenStale } = await import("./build.mjs");
await buildWhenStale();
await bundle({ "bench-audit": "scripts/bench-audit/main.ts" });
await import("../dist/bench-audit.mjs");
