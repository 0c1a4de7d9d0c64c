import { parseArgs } from "node:util";
import { pages } from "./pages";
import { revoke } from "./revoke";
import { cold, population } from "./scale";
import { start } from "./start";
import { check, introspect, invalid } from "./verification";
import { makeWorld } from "./world";
import { audited, issue } from "./writes";

const ROWS = [introspect, check, invalid, population, cold, revoke, issue, audited, start, pages];

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ options: { short: { type: "boolean" } }, allowPositionals: true });
  const names = ROWS.map(({ name }) => name);
  const unknown = positionals.filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new Error(`No such row: ${unknown.join(", ")}. There are: ${names.join(", ")}.`);
  process.env.DATABASE_URL ||= "postgres://postgres@127.0.0.1:5432/postgres";
  const world = await makeWorld(values.short === true);
  try {
    for (const row of ROWS) {
      if (positionals.length > 0 && !positionals.includes(row.name)) continue;
      const { figures, details } = await row.measure(world);
      console.table(figures);
      if (details) console.log(details);
    }
  } finally {
    await world.close();
  }
}

await main();
process.exit();
