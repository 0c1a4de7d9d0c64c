import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { brotliCompress } from "node:zlib";

const brotli = promisify(brotliCompress);

const ENTRIES = [
  "server.ts",
  "scripts/setup.ts",
  "scripts/demo.ts",
  "scripts/migrate.ts",
  "scripts/backup.ts",
  "scripts/restore.ts",
  "scripts/audit-rotate-key.ts",
  "scripts/audit-verify.ts",
  "e2e/fixtures/seed.ts",
];
const INPUTS = [
  ...ENTRIES,
  "app",
  "components",
  "lib",
  "public",
  "e2e/fixtures",
  "prisma/schema.prisma",
  "scripts/build.mjs",
  "instrumentation.ts",
  "instrumentation-client.ts",
  "next.config.js",
  "package-lock.json",
  "postcss.config.mjs",
  "tsconfig.json",
];
const BUILD_STAMP = ".next/latchkey-build";
const CLIENT_STAMP = "prisma/generated/latchkey-schema";
const ENV = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", CHECKPOINT_DISABLE: "1" };

/** Builds what `npm start` runs, unless the last build was made from the same files. Runs in the project folder. */
export async function buildWhenStale() {
  const digest = digestOf(INPUTS);
  if (read(BUILD_STAMP) === digest && existsSync("dist/server.mjs")) return;
  // Standard output belongs to the program that is started next.
  process.stderr.write("Building Latchkey; this takes about half a minute.\n");
  generateClientWhenStale();
  await bundle();
  run("next", ["build"], { NODE_ENV: "production" });
  await compressStatic();
  writeFileSync(BUILD_STAMP, digest);
}

/** Beside each script and style of the pages, a copy as small as Brotli makes it: too slow to do per request. */
async function compressStatic() {
  const files = filesOf(".next/static").filter((file) => /\.(js|css)$/.test(file));
  await Promise.all(files.map(async (file) => writeFileSync(`${file}.br`, await brotli(readFileSync(file)))));
}

/** Writes the database client from the schema. */
export function generateClientWhenStale() {
  const digest = digestOf(["prisma/schema.prisma", "package-lock.json"]);
  if (read(CLIENT_STAMP) === digest) return;
  // The generator needs no engine; naming one keeps the command line from downloading it.
  run("prisma", ["generate"], { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath });
  mkdirSync("prisma/generated", { recursive: true });
  writeFileSync(CLIENT_STAMP, digest);
}

/** Bundles the programs that run outside Next, one file each. */
export async function bundle(entryPoints = ENTRIES.filter((entry) => existsSync(entry))) {
  const { build, stop } = await import("esbuild");
  await build({
    entryPoints,
    entryNames: "[name]",
    outdir: "dist",
    outExtension: { ".js": ".mjs" },
    alias: { "server-only": "./node_modules/server-only/empty.js" },
    bundle: true,
    format: "esm",
    packages: "external",
    platform: "node",
    sourcemap: true,
    target: "node20",
    logLevel: "warning",
  });
  // Its service would live as long as the server that is started next in this process.
  await stop();
}

function run(command, args, environment) {
  const program = join("node_modules", ".bin", command);
  const { status, error, stdout, stderr } = spawnSync(program, args, {
    env: { ...ENV, ...environment },
    // Standard input and output belong to the program that is built: a password is piped in, JSON comes out.
    stdio: ["ignore", "pipe", "pipe"],
    shell: process.platform === "win32",
  });
  if (error) throw error;
  if (status === 0) return;
  process.stderr.write(stdout);
  process.stderr.write(stderr);
  process.exit(status ?? 1);
}

function digestOf(paths) {
  const hash = createHash("sha256").update(process.version);
  for (const file of paths.flatMap(filesOf)) hash.update(`\0${file}\0`).update(readFileSync(file));
  return hash.digest("hex");
}

function filesOf(path) {
  if (!existsSync(path)) return [];
  if (/\.[a-z]+$/.test(path)) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.includes(".test."))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

const read = (file) => (existsSync(file) ? readFileSync(file, "utf8") : undefined);

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await buildWhenStale();
