import { parseArgs } from "node:util";
import { check, introspect, invalid } from "./verification";
import { makeWorld } from "./world";

const ROWS = [introspect, check, invalid];

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ options: { short: { type: "boolean" } }, allowPositionals: true });
  const unknown = positionals.filter((name) => !ROWS.some((row) => row.name === name));
  if (unknown.length > 0) throw new Error(`No such row: ${unknown.join(", ")}. There are: ${ROWS.map(({ name }) => name).join(", ")}.`);
  process.env.DATABASE_URL ||= "postgres://postgres@127.0.0.1:5432/postgres";
  const world = await makeWorld(values.short === true);
  try {
    for (const row of ROWS) {
      if (positionals.length > 0 && !positionals.includes(row.name)) continue;
      for (const figure of await row.measure(world)) console.log(figure);
    }
  } finally {
    await world.end();
  }
}

await main();
process.exit();
