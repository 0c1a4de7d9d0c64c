import "server-only";
import { db, type Db, type Tx } from "@/lib/kernel/db";

/** What keeps the trail from being rewritten, table by table. */
const GUARDS = {
  audit_event: ["append_only", "leaves_archived", "awaits_log"],
  audit_pending: ["append_only", "leaves_sealed"],
  audit_leaf: ["append_only", "leaves_archived"],
  audit_tile: ["append_only", "grows"],
  audit_log: ["append_only", "grows"],
  audit_checkpoint: ["append_only"],
  audit_key: ["append_only"],
  audit_archive: ["append_only"],
};

/**
 * Refuses to serve when the trail cannot be written, or can be rewritten. Throws an Error that says
 * what to mend.
 */
export async function requireTrail(client: Db | Tx = db()): Promise<void> {
  for (const [table, guards] of Object.entries(GUARDS)) {
    const [found] = await client.$queryRaw<{ isWritable: boolean; triggers: string[] }[]>`
      select has_table_privilege(${table}, 'insert') as "isWritable", array(
        select tgname::text from pg_trigger where tgrelid = ${table}::regclass and tgenabled in ('O', 'A')
      ) as triggers`;
    if (!found?.isWritable)
      throw new Error(`The database role may not insert into ${table}: grant it, as no change can be made unrecorded.`);
    const missing = guards.map((guard) => `${table}_${guard}`).find((name) => !found.triggers.includes(name));
    if (missing) throw new Error(`The trigger ${missing} is missing or disabled: restore it before serving.`);
  }
}
