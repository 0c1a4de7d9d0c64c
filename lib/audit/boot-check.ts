import "server-only";
import { db, type Db, type Tx } from "@/lib/kernel/db";

/**
 * Refuses to serve when the trail cannot be written, or can be rewritten. Throws an Error that says
 * what to mend.
 */
export async function requireTrail(client: Db | Tx = db()): Promise<void> {
  const [trail] = await client.$queryRaw<{ isWritable: boolean; isGuarded: boolean }[]>`
    select has_table_privilege('audit_event', 'insert') as "isWritable",
      exists (
        select from pg_trigger
        where tgname = 'audit_event_append_only' and tgrelid = 'audit_event'::regclass and tgenabled in ('O', 'A')
      ) as "isGuarded"`;
  if (!trail?.isWritable)
    throw new Error(
      "The database role may not insert into audit_event: grant it, as no change can be made unrecorded.",
    );
  if (!trail.isGuarded)
    throw new Error("The trigger audit_event_append_only is missing or disabled: restore it before serving.");
}
