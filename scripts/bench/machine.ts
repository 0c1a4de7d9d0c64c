import { execFileSync } from "node:child_process";
import { availableParallelism, cpus, loadavg, release, totalmem, type } from "node:os";
import { Client } from "pg";
import { PINNED } from "./processes";

export type Facts = [name: string, value: string][];

/** What the figures depend on. Throws a sentence that says what is missing when PostgreSQL does not answer. */
export async function factsOf(databaseUrl: string): Promise<Facts> {
  const [load = 0] = loadavg();
  return [
    ["date", new Date().toISOString().slice(0, 16).replace("T", " ") + " UTC"],
    ["commit", commit()],
    ["processor", `${cpus()[0]?.model ?? "unknown"}, ${availableParallelism()} cores`],
    ["memory", `${Math.round(totalmem() / 2 ** 30)} GiB`],
    ["system", `${type()} ${release()}`],
    ["Node", process.versions.node],
    ["PostgreSQL", await postgresVersion(databaseUrl)],
    ["cores", PINNED],
    ["load of the machine before the run", load.toFixed(2)],
  ];
}

async function postgresVersion(connectionString: string): Promise<string> {
  const client = new Client({ connectionString, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string; fsync: string }>(
      "select current_setting('server_version') as version, current_setting('fsync') as fsync",
    );
    return `${rows[0]?.version}, fsync ${rows[0]?.fsync}`;
  } catch (cause) {
    const { host } = new URL(connectionString);
    const reason = (cause as NodeJS.ErrnoException).code ?? (cause as Error).message;
    throw new Error(
      `The benchmark needs a PostgreSQL and none answers at ${host} (${reason}).\n` +
        "Set DATABASE_URL to one whose user may create databases; it makes its own and drops them.",
      { cause },
    );
  } finally {
    await client.end();
  }
}

function commit(): string {
  try {
    return execFileSync("git", ["describe", "--always", "--dirty"], { encoding: "utf8" }).trim();
  } catch {
    return "unknown";
  }
}
