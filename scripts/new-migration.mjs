import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { PGlite } from "@electric-sql/pglite";
import { build } from "esbuild";

const USAGE = `
npm run migration:new -- <name>    writes prisma/migrations/<time>_<name> with what schema.prisma has and the migrations lack
npm run migration:new -- --amend   writes the last migration anew (only while it is unreleased) and keeps its hand-written part
npm run migration:check            exits with 1 when the schema and the migrations disagree
`;
const MIGRATIONS = path.resolve("prisma/migrations");
// Everything from this line on was written by hand and stays.
const BY_HAND = "-- What Prisma cannot say";

const [argument] = process.argv.slice(2);
const { diffMigrations } = await loadDiff();
const diff = async (before) =>
  diffMigrations(await PGlite.create(), {
    directory: MIGRATIONS,
    schemaPath: path.resolve("prisma/schema.prisma"),
    before,
  });
if (argument === "--check") await check();
else if (argument === "--amend") await amend();
else if (/^[a-z0-9]+(_[a-z0-9]+)*$/.test(argument ?? "")) await create(argument);
else fail(USAGE);

async function check() {
  const difference = await diff();
  if (difference) fail(`prisma/schema.prisma has what no migration makes:\n\n${difference}`);
}

async function create(name) {
  const sql = await diff();
  if (!sql) fail("The migrations already make what prisma/schema.prisma says.");
  const time = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  await mkdir(path.join(MIGRATIONS, `${time}_${name}`), { recursive: true });
  await write(`${time}_${name}`, `${sql}\n`);
}

async function amend() {
  const last = (await readdir(MIGRATIONS))
    .filter((name) => /^\d{14}_/.test(name))
    .sort()
    .at(-1);
  if (!last) fail("There is no migration yet.");
  const before = await readFile(path.join(MIGRATIONS, last, "migration.sql"), "utf8");
  const byHand = before.includes(BY_HAND) ? `\n${before.slice(before.indexOf(BY_HAND))}` : "";
  await write(last, `${await diff(last)}\n${byHand}`);
}

async function write(name, sql) {
  const file = path.join(MIGRATIONS, name, "migration.sql");
  await writeFile(file, sql);
  console.log(path.relative(process.cwd(), file));
}

async function loadDiff() {
  const outfile = path.resolve("dist/new-migration.mjs");
  await build({
    entryPoints: ["lib/store/diff.ts"],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    alias: { "server-only": path.resolve("node_modules/server-only/empty.js") },
    logLevel: "error",
  });
  return import(pathToFileURL(outfile).href);
}

function fail(message) {
  console.error(message.trim());
  process.exit(1);
}
