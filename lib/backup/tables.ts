import "server-only";
import type { Tx } from "@/lib/kernel/db";

/** A table as the catalog has it: its columns in their order, and by which of them rows are sorted. */
export interface Table {
  name: string;
  columns: { name: string; type: string }[];
  key: string[];
}

/**
 * What a backup leaves out: the history of migrations, which every store has by itself; what belongs to running
 * processes; and what is made of the rest. Which events wait for their log is known by which are in one.
 */
const OMITTED = [
  "_prisma_migrations",
  "audit_index",
  "audit_pending",
  "audit_posting",
  "audit_segment",
  "audit_term",
  "invalidation",
  "key_fingerprint",
  "setup_code",
  "verifier",
];

type Row = Table & { references: string[] };

/** The tables of a backup, each after those that it refers to. */
export async function listTables(tx: Tx): Promise<Table[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select c.relname::text as name,
      (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) order by a.attnum)
        from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
      (select json_agg(a.attname order by array_position(i.indkey::int2[], a.attnum))
        from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey)
        where i.indrelid = c.oid and i.indisprimary) as key,
      coalesce((select json_agg(distinct f.confrelid::regclass::text) from pg_constraint f
        where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid), '[]') as "references"
    from pg_class c
    where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and c.relname <> all(${OMITTED})
    order by c.relname`;
  const sorted: Row[] = [];
  const place = (row: Row) => {
    if (sorted.includes(row)) return;
    for (const name of row.references) {
      const referred = rows.find((each) => each.name === name.replaceAll('"', ""));
      if (referred) place(referred);
    }
    sorted.push(row);
  };
  rows.forEach(place);
  return sorted.map(({ name, columns, key }) => ({ name, columns, key }));
}

export const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** Numbers that are given out go on after the highest that is there. */
export async function advanceSequences(tx: Tx, tables: readonly Table[]): Promise<void> {
  for (const { name, columns } of tables) {
    for (const { name: column } of columns.filter(({ type }) => type === "bigint")) {
      await tx.$queryRawUnsafe(
        `select setval(s.name::regclass, t.highest)
         from pg_get_serial_sequence($1, $2) as s(name), (select max(${quoted(column)}) as highest from ${quoted(name)}) as t
         where s.name is not null and t.highest is not null`,
        quoted(name),
        column,
      );
    }
  }
}
