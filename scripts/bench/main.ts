import { inspect, parseArgs } from "node:util";
import { lighthouse } from "./lighthouse";
import { factsOf } from "./machine";
import { pages } from "./pages";
import { lineOf, writeReport } from "./report";
import { reports } from "./reports";
import { revoke } from "./revoke";
import type { Figure, Row } from "./rows";
import { cold, population } from "./scale";
import { start } from "./start";
import { check, introspect, invalid } from "./verification";
import { makeWorld } from "./world";
import { audited, issue } from "./writes";

const ROWS = [introspect, check, invalid, population, cold, revoke, issue, audited, reports, start, pages, lighthouse];
const NAMES = ROWS.map(({ name }) => name);
const LOCAL = "postgres://postgres@127.0.0.1:5432/postgres";

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ options: { short: { type: "boolean" } }, allowPositionals: true });
  const unknown = positionals.filter((name) => !NAMES.includes(name));
  if (unknown.length > 0) throw new Error(`No such row: ${unknown.join(", ")}. There are: ${NAMES.join(", ")}.`);
  const isWhole = !values.short && positionals.length === 0;
  process.env.DATABASE_URL ||= LOCAL;
  const facts = await factsOf(process.env.DATABASE_URL);
  for (const [name, value] of facts) process.stdout.write(`${name}: ${value}\n`);

  const world = await makeWorld(values.short === true);
  const figures: Figure[] = [];
  const details: string[] = [];
  try {
    for (const row of ROWS.filter(({ name }) => positionals.length === 0 || positionals.includes(name))) {
      const measured = await row.measure(world).catch((error: unknown) => failed(row.name, error));
      process.stdout.write(`${measured.figures.map(lineOf).join("\n")}\n`);
      figures.push(...measured.figures);
      if (measured.details) details.push(measured.details);
    }
  } finally {
    await world.close();
  }
  if (isWhole) await writeReport(facts, figures, details);
  else process.stdout.write(`${details.join("\n")}\n`);
}

/** What the other rows have measured is kept: this one has missed its target. */
function failed(name: string, error: unknown): Awaited<ReturnType<Row["measure"]>> {
  process.exitCode = 1;
  process.stderr.write(`${name}: ${error instanceof Error ? error.stack : inspect(error)}\n`);
  return { figures: [{ figure: name, ours: "could not be measured", target: "", isMet: false }] };
}

main().then(
  // Sockets kept open would hold the process for seconds.
  () => process.exit(),
  (error: unknown) => {
    const isPlain = error instanceof Error && error.constructor === Error;
    process.stderr.write(`${isPlain ? error.message : inspect(error)}\n`);
    process.exit(1);
  },
);
