import "server-only";
import { createHash } from "node:crypto";
import { access, open, rename, rm } from "node:fs/promises";
import { newestCheckpoint } from "@/lib/audit/checkpoints";
import { databaseNow } from "@/lib/kernel/clock";
import type { Tx } from "@/lib/kernel/db";
import { tellOfFile } from "@/lib/kernel/file-errors";
import { requireNoOtherKey } from "@/lib/store/key-fingerprint";
import type { Store } from "@/lib/store/open";
import { fingerprintOf, FORMAT, type Header, type KeySettings, Seal, type Summary } from "./format";
import { listTables, quoted, type Table } from "./tables";

const ROWS_AT_ONCE = 1_000;

export interface Written {
  rows: number;
  bytes: number;
}

/**
 * Writes all that the store holds at one moment to a new file that this account alone may read; what goes on meanwhile
 * is not held up on PostgreSQL, and waits on an embedded store. Throws when the file exists or the secret key is another
 * one than the database's, and leaves none behind.
 */
export async function writeBackup(
  store: Pick<Store, "longTransaction">,
  file: string,
  settings: KeySettings,
): Promise<Written> {
  if (await exists(file)) throw new Error(`${file} exists already. Name another file.`);
  const draft = `${file}.partial`;
  const handle = await open(draft, "wx", 0o600).catch(tellOfFile(draft, "written"));
  try {
    const seal = new Seal(settings);
    let bytes = 0;
    const write = async (text: string) => {
      await handle.appendFile(text);
      bytes += Buffer.byteLength(text);
    };
    const rows = await store.longTransaction("snapshot", (tx) =>
      writeTables(tx, settings, async (text) => {
        seal.add(text);
        await write(text);
      }),
    );
    await write(seal.close());
    await handle.sync();
    await rename(draft, file);
    return { rows, bytes };
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
}

const exists = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  );

type Write = (text: string) => Promise<void>;

async function writeTables(tx: Tx, settings: KeySettings, write: Write): Promise<number> {
  // The backup is sealed with the key, and opens with no other.
  await requireNoOtherKey(tx, settings);
  await setForms(tx);
  const tables = await listTables(tx);
  await write(`${JSON.stringify(await headerOf(tx, settings, tables))}\n`);
  const summary: Summary = { tables: {} };
  for (const table of tables) summary.tables[table.name] = await writeRows(tx, table, write);
  await write(`${JSON.stringify(summary)}\n`);
  return Object.values(summary.tables).reduce((sum, { rows }) => sum + rows, 0);
}

/** A value is the text that both stores make of it and read again to the last digit. */
export async function setForms(tx: Tx): Promise<void> {
  for (const setting of ["time zone 'UTC'", "datestyle = 'ISO, YMD'", "bytea_output = 'hex'", "extra_float_digits = 3"])
    await tx.$executeRawUnsafe(`set local ${setting}`);
}

async function headerOf(tx: Tx, settings: KeySettings, tables: Table[]): Promise<Header> {
  const migrations = await tx.$queryRaw<Header["migrations"]>`
    select migration_name as name, checksum from _prisma_migrations where finished_at is not null order by migration_name`;
  const heads = await tx.$queryRaw<{ logId: string; epoch: number; size: number; waiting: number }[]>`
    select coalesce(l.log_id, w.log_id) as "logId", coalesce(l.epoch, 1) as epoch, coalesce(l.size, 0)::float8 as size,
      coalesce(w.waiting, 0)::float8 as waiting
    from audit_log l
      full join (select log_id, count(*) as waiting from audit_pending group by log_id) w on w.log_id = l.log_id
    order by 1`;
  const logs = [];
  for (const head of heads) {
    logs.push({ ...head, checkpoint: (await newestCheckpoint(tx, head.logId))?.note ?? null });
  }
  const createdAt = (await databaseNow(tx)).toISOString();
  return { format: FORMAT, createdAt, migrations, keyFingerprint: fingerprintOf(settings), logs, tables };
}

/** Each row as a line: a JSON array of the texts of its values. */
async function writeRows(tx: Tx, { name, columns, key }: Table, write: Write) {
  const hash = createHash("sha256");
  const values = columns.map((column) => `${quoted(column.name)}::text`).join(", ");
  const order = key.map(quoted).join(", ");
  await tx.$executeRawUnsafe(
    `declare backup no scroll cursor for
     select json_build_array(${values})::text as row from ${quoted(name)} order by ${order}`,
  );
  let rows = 0;
  for (;;) {
    const fetched = await tx.$queryRawUnsafe<{ row: string }[]>(`fetch ${ROWS_AT_ONCE} from backup`);
    if (fetched.length === 0) break;
    const text = fetched.map(({ row }) => `${row}\n`).join("");
    hash.update(text);
    rows += fetched.length;
    await write(text);
  }
  await tx.$executeRawUnsafe("close backup");
  return { rows, sha256: hash.digest("hex") };
}
