import { parseArgs } from "node:util";
import { administer, databaseName, seeded } from "./seed";

const LOCAL = "postgres://postgres@127.0.0.1:5432/postgres";

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { events: { type: "string", default: "10000000" }, drop: { type: "boolean" } } });
  const events = Number(values.events);
  const server = process.env.DATABASE_URL || LOCAL;
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  if (values.drop) return void (await administer(server, `drop database if exists ${databaseName(events)} with (force)`));
  const { url } = await seeded(server, events, say);
  say(url);
}

await main();
process.exit();
