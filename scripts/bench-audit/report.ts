import { writeFile } from "node:fs/promises";
import type { Client } from "pg";
import { format, resolveConfig } from "prettier";
import { milliseconds, whole } from "../bench/figures";
import type { Facts } from "../bench/machine";
import type { Exported, Sealed } from "./export";
import { p50, p95, type Timed } from "./measure";

const FILE = "docs/performance-audit.md";
const PAGE_MS = 50;
const HISTOGRAM_MS = 300;

const EXPORT_SECONDS = 60;
const EXPORT_MB = 100;

/** What misses its target is bold. */
const marked = (text: string, isMet: boolean) => (isMet ? text : `**${text}**`);

const both = (times: number[], most: number) =>
  `${milliseconds(p50(times))} | ${marked(milliseconds(p95(times)), p95(times) <= most)}`;

function counted(total: Timed["total"]): string {
  if (total === "refused") return marked(total, false);
  return total === null ? "not counted" : whole(total);
}

export const lineOf = ({ name, total, page, deep, histogram }: Timed) =>
  `| ${name} | ${counted(total)} | ${both(page, PAGE_MS)} | ${both(deep, PAGE_MS)} | ${both(histogram, HISTOGRAM_MS)} |`;

/** Only rows have a time to keep: a bundle holds proofs, too. */
export function fileLine({ format, records, seconds, megabytes, grownMegabytes }: Exported): string {
  const perMillion = (seconds / records) * 1_000_000;
  const isInTime = format === "bundle" || perMillion <= EXPORT_SECONDS;
  const grown = marked(`${whole(grownMegabytes)} MB`, grownMegabytes <= EXPORT_MB);
  return `| ${format} | ${whole(records)} | ${seconds.toFixed(1)} s | ${marked(`${perMillion.toFixed(1)} s`, isInTime)} | ${whole(megabytes)} MB | ${grown} |`;
}

/** What the trail and its index take on the disk. */
export async function tables(database: Client): Promise<string[]> {
  const { rows } = await database.query<{ line: string }>(
    `select format('| %s | %s | %s |', relname, pg_size_pretty(pg_table_size(oid)), pg_size_pretty(pg_indexes_size(oid))) as line
     from pg_class where relkind = 'r' and relname in ('audit_event', 'audit_posting', 'audit_term', 'audit_segment')
     order by pg_total_relation_size(oid) desc`,
  );
  return rows.map(({ line }) => line);
}

/** How many of the filters were combined; what is worst is a case of its own. */
const filters = ({ name }: Timed) => (name.startsWith("never") ? 1 : name.split("∧").length);

interface Report {
  facts: Facts;
  events: number;
  sizes: string[];
  measured: Timed[];
  files: Exported[];
  /** Undefined where an earlier run sealed what this one bundles. */
  sealed: Sealed | undefined;
}

export async function writeReport({ facts, events, sizes, measured, files, sealed }: Report): Promise<void> {
  const slowestOf = (count: number) =>
    measured.filter((one) => filters(one) === count).sort((one, other) => p95(other.page) - p95(one.page));
  const [pairs, triples] = [slowestOf(2), slowestOf(3)];
  const met = measured.filter(
    ({ total, page, histogram }) => total !== "refused" && p95(page) <= PAGE_MS && p95(histogram) <= HISTOGRAM_MS,
  ).length;
  const head =
    "| filters | events | first page p50 | p95 | far page p50 | p95 | histogram p50 | p95 |\n| --- | --: | --: | --: | --: | --: | --: | --: |";
  const text = [
    HEAD,
    `## The run, over ${whole(events)} events\n`,
    "| | |\n| --- | --- |",
    ...facts.map(([name, value]) => `| ${name} | ${value} |`),
    "\n| table | rows | indexes |\n| --- | --: | --: |",
    ...sizes,
    `\n**${met} of ${measured.length}** combinations have a first page within ${PAGE_MS} ms and a histogram within ${HISTOGRAM_MS} ms, at the 95th percentile. What misses is bold. _Refused_ is a text that was looked for in 50,000 events in vain, with the advice to narrow it.`,
    "\n## Each filter, and what is worst\n",
    head,
    ...measured.filter((one) => filters(one) < 2).map(lineOf),
    `\n## The slowest 25 of ${pairs.length} pairs\n`,
    head,
    ...pairs.slice(0, 25).map(lineOf),
    `\n## The slowest 25 of ${triples.length} times three, taken at random and the same each time\n`,
    head,
    ...triples.slice(0, 25).map(lineOf),
    "\n## Export\n",
    `One million rows are to take at most ${EXPORT_SECONDS} s, and the server at most ${EXPORT_MB} MB more than before the first export.`,
    sealed
      ? `Before the bundle the server sealed its events, ${whole(sealed.perSecond)} a second, and had grown by ${whole(sealed.grownMegabytes)} MB then.\n`
      : "",
    "| format | events | time | for a million | size | memory grown by |\n| --- | --: | --: | --: | --: | --: |",
    ...files.map(fileLine),
  ].join("\n");
  await writeFile(FILE, await format(text, { ...(await resolveConfig(FILE)), filepath: FILE }));
  process.stdout.write(`\nWritten to ${FILE}.\n`);
}

const HEAD = `# Performance of the audit explorer

\`npm run bench:audit\` wrote this page and replaces every number on it. It needs a PostgreSQL, makes a database of ten
million events there, three years of several organizations, and keeps it for the next run (\`--drop\` drops it,
\`--events 1000000\` makes a smaller one). It gives up when that takes more than 20 GB of the disk, or \`--max-gigabytes\`.
Times are what the server takes from the filter to the rows, with every query.
`;
