import { installPackages } from "./install.mjs";

installPackages();
const { bundle, generateClientWhenStale } = await import("./build.mjs");
generateClientWhenStale();
await bundle({ "bench-audit": "scripts/bench-audit/main.ts" });
await import("../dist/bench-audit.mjs");
