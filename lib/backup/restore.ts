import "server-only";
import { createHash } from "node:crypto";
import path from "node:path";
import type { Tx } from "@/lib/kernel/db";
import { readMigrations } from "@/lib/store/migration-files";
import { requireSameKey } from "@/lib/store/key-fingerprint";
import type { Store } from "@/lib/store/open";
import { type Header, type KeySettings, linesOf, type Summary } from "./format";
import { guardRestored, type Guarded } from "./guard";
import type { Loss } from "./loss";
import type { Checked } from "./read";
import { advanceSequences, listTables, quoted, type Table } from "./tables";
import { setForms } from "./write";

const ROWS_AT_ONCE = 1_000;
const CHARACTERS_AT_ONCE = 2_000_000;

/**
 * Puts a backup that was checked into a store that is empty: all of it in one transaction, or nothing. Throws an Error
 * that says what stands in the way.
 */
export async function restoreBackup(
  store: Store,
  file: string,
  { header, summary }: Checked,
  loss: Loss,
  settings: KeySettings,
): Promise<Guarded> {
  await requireSameKey(store.client, settings);
  await requireSameMigrations(header);
  return store.longTransaction("write", async (tx) => {
    await setForms(tx);
    const tables = await listTables(tx);
    if (JSON.stringify(tables) !== JSON.stringify(header.tables))
      throw new Error("The tables of this store are not those of the backup.");
    await requireEmpty(tx, tables);
    await insertAll(tx, file, tables, summary);
    await advanceSequences(tx, tables);
    await tx.$executeRaw`
      delete from audit_pending p using audit_event e, audit_leaf l
      where e.position = p.position and l.event_id = e.id`;
    return guardRestored(tx, header, loss);
  });
}

/** The rows would mean something else to another schema. */
async function requireSameMigrations({ migrations }: Header): Promise<void> {
  const ours = (await readMigrations(path.resolve("prisma/migrations"))).map(({ name, checksum }) => ({
    name,
    checksum,
  }));
  if (JSON.stringify(ours) === JSON.stringify(migrations)) return;
  throw new Error(
    `This backup was taken by another version of Latchkey (its last migration is ${migrations.at(-1)?.name}). ` +
      "Restore it with that version; the next start of a newer one brings it up to date.",
  );
}

async function requireEmpty(tx: Tx, tables: readonly Table[]): Promise<void> {
  for (const { name } of tables) {
    // Until the end nobody else begins to fill it.
    await tx.$executeRawUnsafe(`lock table ${quoted(name)} in share row exclusive mode`);
    const found = await tx.$queryRawUnsafe<unknown[]>(`select 1 from ${quoted(name)} limit 1`);
    if (found.length > 0) throw new Error(`The store is not empty (${name}). A backup is restored into a new one.`);
  }
}

async function insertAll(tx: Tx, file: string, tables: readonly Table[], expected: Summary): Promise<void> {
  const lines = linesOf(file);
  await lines.next();
  for (const table of tables) {
    const { rows = 0, sha256 } = expected.tables[table.name] ?? {};
    const hash = createHash("sha256");
    let batch: string[] = [];
    let characters = 0;
    for (let n = 1; n <= rows; n += 1) {
      const { value } = (await lines.next()) as { value: Buffer };
      const line = value.toString("utf8");
      hash.update(line);
      batch.push(line);
      characters += line.length;
      if (batch.length < ROWS_AT_ONCE && characters < CHARACTERS_AT_ONCE && n < rows) continue;
      await insert(tx, table, batch);
      [batch, characters] = [[], 0];
    }
    if (hash.digest("hex") !== sha256) throw new Error("The backup changed while it was read.");
  }
}

async function insert(tx: Tx, { name, columns }: Table, rows: readonly string[]): Promise<void> {
  const names = columns.map((column) => quoted(column.name)).join(", ");
  const values = columns.map(({ type }, n) => `(r ->> ${n})::${type}`).join(", ");
  const inserted = await tx.$executeRawUnsafe(
    `insert into ${quoted(name)} (${names})
     select ${values} from json_array_elements($1::json) with ordinality as given(r, n) order by n`,
    `[${rows.join(",")}]`,
  );
  if (inserted !== rows.length) throw new Error(`${name} took ${inserted} of ${rows.length} rows.`);
}
