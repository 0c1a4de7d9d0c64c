import { writeFile } from "node:fs/promises";
import { format, resolveConfig } from "prettier";
import type { Facts } from "./machine";
import type { Figure } from "./rows";

const FILE = "docs/performance.md";

export const lineOf = ({ figure, ours, reference = "", ratio = "", target, isMet }: Figure) =>
  `| ${figure} | ${ours} | ${reference} | ${ratio} | ${target} | ${isMet ? "yes" : "**no**"} |`;

/** Replaces docs/performance.md by what this run measured. */
export async function writeReport(facts: Facts, figures: Figure[], details: string[]): Promise<void> {
  const text = [
    HEAD,
    "## The run\n",
    "| | |\n| --- | --- |",
    ...facts.map(([name, value]) => `| ${name} | ${value} |`),
    "\n## Figures\n",
    "| figure | ours | reference in the same run | ratio | target | met |\n| --- | --- | --- | --- | --- | --- |",
    ...figures.map(lineOf),
    HOW,
    ...details,
  ].join("\n");
  await writeFile(FILE, await format(text, { ...(await resolveConfig(FILE)), filepath: FILE }));
  process.stdout.write(`\nWritten to ${FILE}.\n`);
}

const HEAD = `# Performance

\`npm run bench\` wrote this page. It measures on the machine it runs on and replaces every number below; it needs a
PostgreSQL, in which it makes databases of its own and drops them:

\`\`\`sh
DATABASE_URL=postgres://postgres@127.0.0.1:5432/postgres npm run bench
\`\`\`

\`npm run bench -- introspect check\` prints some rows and leaves this page alone, and so does \`--short\`, which only shows that
every row gives a figure and no request fails. \`BENCH_PROFILE=<folder>\` has the servers write there what they spent their
time on, and \`node scripts/bench/shares.mjs <file>.cpuprofile\` says by whose code.
`;

const HOW = `
## How to read it

- A rate by itself says more about the machine than about the program. So each is measured in turns with a reference that
  the same machine cannot do without: reference, ours, reference, ours. Both columns are medians of the rounds, and what
  slows the machine for a while slows both.
- _bare node:http_ is a server that parses the same form, or reads nothing, and answers a constant: no credential, no
  permission, no headers of ours.
- The load comes from a process of its own. With two cores or more, and \`taskset\`, the server has one core to itself and
  the load another.
- _warm_: the credential is in memory, under a lease that says so. _cold_: each credential is asked about for the first time,
  so each costs a look-up in PostgreSQL. Its reference is a process on the server's core with as many connections and
  look-ups at a time and no HTTP at all; in brackets the same behind _bare node:http_, asked as ours is.
- A row that misses its target says **no**, whatever the reason.

## Not measured here

- How fast auditors find and export events: \`npm run bench:audit\` writes [another page](performance-audit.md).
- A network: everything runs on one machine, over its loopback.
`;
