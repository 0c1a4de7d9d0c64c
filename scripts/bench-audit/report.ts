import { writeFile } from "node:fs/promises";
import type { Client } from "pg";
import { format, resolveConfig } from "prettier";
import { milliseconds, whole } from "../bench/figures";
import type { Facts } from "../bench/machine";
import type { Exported } from "./export";
import { p50, p95, type Timed } from "./measure";

const FILE = "docs/performance-audit.md";
const PAGE_MS = 50;
const HISTOGRAM_MS = 300;

const both = (times: number[], most: number) =>
  `${milliseconds(p50(times))} | ${p95(times) <= most ? milliseconds(p95(times)) : `**${milliseconds(p95(times))}**`}`;

export const lineOf = ({ name, total, page, deep, histogram }: Timed) =>
  `| ${name} | ${total === null ? "not counted" : whole(total)} | ${both(page, PAGE_MS)} | ${both(deep, PAGE_MS)} | ${both(histogram, HISTOGRAM_MS)} |`;

/** What the trail and its index take on the disk. */
export async function tables(database: Client): Promise<string[]> {
  const { rows } = await database.query<{ line: string }>(
    `select format('| %s | %s | %s |', relname, pg_size_pretty(pg_table_size(oid)), pg_size_pretty(pg_indexes_size(oid))) as line
     from pg_class where relkind = 'r' and relname in ('audit_event', 'audit_posting', 'audit_term', 'audit_segment')
     order by pg_total_relation_size(oid) desc`,
  );
  return rows.map(({ line }) => line);
}

interface Report {
  facts: Facts;
  events: number;
  sizes: string[];
  measured: Timed[];
  files: Exported[];
}

export async function writeReport({ facts, events, sizes, measured, files }: Report): Promise<void> {
  const isPair = ({ name }: Timed) => name.includes("∧") && !name.startsWith("never");
  const slowest = measured.filter(isPair).sort((one, other) => p95(other.page) - p95(one.page));
  const met = measured.filter(({ page, histogram }) => p95(page) <= PAGE_MS && p95(histogram) <= HISTOGRAM_MS).length;
  const head =
    "| filters | events | first page p50 | p95 | far page p50 | p95 | histogram p50 | p95 |\n| --- | --: | --: | --: | --: | --: | --: | --: |";
  const text = [
    HEAD,
    `## The run, over ${whole(events)} events\n`,
    "| | |\n| --- | --- |",
    ...facts.map(([name, value]) => `| ${name} | ${value} |`),
    "\n| table | rows | indexes |\n| --- | --: | --: |",
    ...sizes,
    `\n**${met} of ${measured.length}** combinations have a first page within ${PAGE_MS} ms and a histogram within ${HISTOGRAM_MS} ms, at the 95th percentile. What misses is bold.`,
    "\n## Each filter, and what is worst\n",
    head,
    ...measured.filter((one) => !isPair(one)).map(lineOf),
    `\n## The slowest 25 of ${slowest.length} pairs\n`,
    head,
    ...slowest.slice(0, 25).map(lineOf),
    "\n## Export\n",
    "| format | events | time | rate | size | memory grown by |\n| --- | --: | --: | --: | --: | --: |",
    ...files.map(
      (file) =>
        `| ${file.format} | ${whole(file.records)} | ${file.seconds.toFixed(1)} s | ${whole(file.records / file.seconds)} /s | ${whole(file.megabytes)} MB | ${whole(file.grownMegabytes)} MB |`,
    ),
  ].join("\n");
  await writeFile(FILE, await format(text, { ...(await resolveConfig(FILE)), filepath: FILE }));
  process.stdout.write(`\nWritten to ${FILE}.\n`);
}

const HEAD = `# Performance of the audit explorer

\`npm run bench:audit\` wrote this page and replaces every number on it. It needs a PostgreSQL, makes a database of ten
million events there, three years of several organizations, and keeps it for the next run (\`--drop\` drops it,
\`--events 1000000\` makes a smaller one). Times are what the server takes from the filter to the rows, with every query.
`;
