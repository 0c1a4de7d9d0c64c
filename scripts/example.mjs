import { existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

/** Runs a sample service: `npm run example -- express/service`. Node 20 reads no TypeScript, so it is bundled first. */
const name = process.argv[2] ?? "";
if (!services().includes(name)) {
  process.stderr.write(
    `${name ? `There is no example ${name}.` : "Name an example."} There are: ${services().join(", ")}.\n`,
  );
  process.exit(1);
}

const { outputFiles } = await build({
  entryPoints: [`examples/${name}.ts`],
  outfile: "service.mjs",
  bundle: true,
  format: "esm",
  packages: "external",
  platform: "node",
  target: "node20",
  write: false,
});
const file = resolve("dist/examples", `${name}.mjs`);
mkdirSync(dirname(file), { recursive: true });
// Whole or not at all: another process may be starting the same service.
const draft = join(dirname(file), `${process.pid}.mjs`);
writeFileSync(draft, outputFiles[0].contents);
renameSync(draft, file);
await import(pathToFileURL(file).href);

/** What can be started: a program in a folder that says how. The client's is no program. */
function services() {
  return readdirSync("examples")
    .filter((folder) => existsSync(`examples/${folder}/README.md`))
    .flatMap((folder) => readdirSync(`examples/${folder}`).map((each) => `${folder}/${each}`))
    .filter((each) => each.endsWith(".ts"))
    .map((each) => each.slice(0, -".ts".length));
}
