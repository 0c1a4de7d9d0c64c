import { installPackages } from "./install.mjs";

installPackages();
const { bundle, buildWhenStale } = await import("./build.mjs");
await buildWhenStale();
await bundle({
  bench: "scripts/bench/main.ts",
  "bench-bare": "scripts/bench/bare.ts",
  "bench-lookup": "scripts/bench/lookup.ts",
  "bench-fill": "scripts/bench/fill.ts",
  "bench-load": "scripts/bench/load.ts",
});
await import("../dist/bench.mjs");
