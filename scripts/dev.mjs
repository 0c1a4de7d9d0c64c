import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle, generateClientWhenStale } from "./build.mjs";

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));
generateClientWhenStale();
await bundle();
process.argv.push("--dev");
await import("../dist/server.mjs");
