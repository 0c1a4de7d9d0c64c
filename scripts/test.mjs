import { spawnSync } from "node:child_process";
import { installPackages } from "./install.mjs";

/** Each gate is the npm script of the same name. */
const GATES = ["generate", "format", "lint", "types", "dead-code", "unit", "build", "api", "journeys"];
const NEEDS = {
  lint: ["generate"],
  types: ["generate"],
  "dead-code": ["generate"],
  unit: ["generate"],
  api: ["build"],
  journeys: ["build"],
};

const named = process.argv.slice(2);
const unknown = named.filter((name) => !GATES.includes(name));
if (unknown.length > 0) stop(`No such gate: ${unknown.join(", ")}. There are: ${GATES.join(", ")}.`);

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19))
  stop(`Node 20.19 or newer is needed; this is ${process.versions.node}.`);

const started = performance.now();
installPackages();
const chosen = named.length === 0 ? GATES : GATES.filter((gate) => named.some((name) => isPartOf(gate, name)));
for (const gate of chosen) run(gate);
console.log(`\nAll passed: ${chosen.join(", ")} (${seconds(started)}).`);

function isPartOf(gate, name) {
  return gate === name || NEEDS[name]?.includes(gate);
}

function run(gate) {
  console.log(`\n── ${gate}`);
  const began = performance.now();
  const { status } = spawnSync("npm", ["run", "--silent", gate], {
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  console.log(`── ${gate} ${status === 0 ? "passed" : "failed"} in ${seconds(began)}`);
  if (status !== 0) process.exit(status || 1);
}

function seconds(since) {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}

function stop(message) {
  console.error(message);
  process.exit(1);
}
