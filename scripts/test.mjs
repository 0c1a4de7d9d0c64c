import { spawn } from "node:child_process";
import { once } from "node:events";
import { installPackages } from "./install.mjs";

/** Each gate is the npm script of the same name; those of one stage run side by side. */
const STAGES = [["generate"], ["format", "lint", "types", "dead-code"], ["unit"], ["build"], ["api"], ["journeys"]];
const GATES = STAGES.flat();
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
for (const stage of STAGES) {
  const gates = stage.filter((gate) => chosen.includes(gate));
  const passed = await Promise.all(gates.map((gate) => run(gate, gates.length === 1)));
  if (passed.includes(false)) process.exit(1);
}
console.log(`\nAll passed: ${chosen.join(", ")} (${seconds(started)}).`);

function isPartOf(gate, name) {
  return gate === name || NEEDS[name]?.includes(gate);
}

/** Whether the gate passed. What gates print that run side by side is shown when each has ended. */
async function run(gate, isAlone) {
  if (isAlone) console.log(`\n── ${gate}`);
  const began = performance.now();
  const child = spawn("npm", ["run", "--silent", gate], {
    stdio: isAlone ? "inherit" : ["ignore", "pipe", "pipe"],
    shell: process.platform === "win32",
  });
  const printed = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => printed.push(chunk));
  const [code] = await once(child, "close");
  if (!isAlone) process.stdout.write(`\n── ${gate}\n${Buffer.concat(printed)}`);
  console.log(`── ${gate} ${code === 0 ? "passed" : "failed"} in ${seconds(began)}`);
  return code === 0;
}

function seconds(since) {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}

function stop(message) {
  console.error(message);
  process.exit(1);
}
