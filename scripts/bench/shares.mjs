import { readFileSync } from "node:fs";

// node scripts/bench/shares.mjs <file.cpuprofile> [from second] [to second]: on what a server spent its time, by whose code it was.
const [file, from = "0", to = "Infinity"] = process.argv.slice(2);
if (!file) throw new Error("Name a profile that BENCH_PROFILE has written.");
const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(file, "utf8"));

/** By the name of the function or the address of its file, first match first. */
const PARTS = [
  ["idle", /^\(idle\)/],
  ["collecting garbage", /^\(garbage collector\)/],
  ["handing bytes to the kernel", /^(writev|writeBuffer|write\w*String) $/],
  ["async hooks and microtasks", /async_hooks|^runMicrotasks /],
  ["the embedded store", /pglite|wasm:/],
  ["Prisma", /@prisma\/|prisma\/generated/],
  ["pg", /node_modules\/(pg|pg-[\w-]+|postgres-[\w-]+)\//],
  ["Next and React", /node_modules\/(next|react[\w-]*)\/|next-server|compiled\/next/],
  ["requests and streams of the fetch API", /undici|webstreams/],
  ["http, streams and sockets of Node", /node:/],
  ["Latchkey and what is bundled with it", /\/dist\/|\/chunks\/|\/lib\//],
];

const byId = new Map(nodes.map((node) => [node.id, node]));
const callers = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])));

/** What is built in counts for whoever called it. */
function partOf(id) {
  const { functionName, url } = byId.get(id).callFrame;
  const part = PARTS.find(([, pattern]) => pattern.test(`${functionName} ${url}`));
  const caller = callers.get(id);
  return part ? part[0] : url || caller === undefined ? "other" : partOf(caller);
}

const spent = new Map();
let at = 0;
samples.forEach((id, i) => {
  at += timeDeltas[i] / 1e6;
  if (at < Number(from) || at > Number(to)) return;
  const part = partOf(id);
  spent.set(part, (spent.get(part) ?? 0) + timeDeltas[i] / 1e6);
});
const idle = spent.get("idle") ?? 0;
spent.delete("idle");
const busy = [...spent.values()].reduce((sum, seconds) => sum + seconds, 0);
console.log(`busy for ${busy.toFixed(1)} s, idle for ${idle.toFixed(1)} s`);
for (const [part, seconds] of [...spent].sort(([, a], [, b]) => b - a)) {
  console.log(`${((100 * seconds) / busy).toFixed(1).padStart(5)} %  ${part}`);
}
