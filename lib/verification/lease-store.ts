import "server-only";
import { randomUUID } from "node:crypto";
import { LEASE_MS } from "@/lib/kernel/settle";
import type { SideConnection } from "@/lib/store/side-connection";
import type { LeaseStore } from "./lease";

/** One in so many renewals tidies up: about once a minute. */
const TIDY_SHARE = 1 / 60;

/** The rows behind the lease of one process, on a connection that waits for no other work. */
export function leaseStore({ query }: Pick<SideConnection, "query">, id = randomUUID()): LeaseStore {
  return {
    async renew(appliedSeq) {
      if (Math.random() < TIDY_SHARE) await tidy(query);
      const [row] = await query<{ now: Date }>(
        `insert into verifier (id, lease_expires_at, applied_seq)
         values ($1, clock_timestamp() + $2 * interval '1 millisecond', $3)
         on conflict (id) do update
           set lease_expires_at = excluded.lease_expires_at, applied_seq = excluded.applied_seq
         returning clock_timestamp() as now`,
        [id, LEASE_MS, String(appliedSeq)],
      );
      return (row as { now: Date }).now;
    },
    async confirm(appliedSeq) {
      // Need not survive a crash of the database: whoever waits would only wait for longer.
      await query(
        `with unhurried as (select set_config('synchronous_commit', 'off', true))
         update verifier set applied_seq = $2 from unhurried where id = $1`,
        [id, String(appliedSeq)],
      );
    },
    async invalidationsAfter(seq) {
      const rows = await query<{ seq: string; target: string }>(
        "select seq::text, target from invalidation where seq > $1 order by seq",
        [String(seq)],
      );
      return rows.map((row) => ({ seq: BigInt(row.seq), target: row.target }));
    },
    async lastSeq() {
      const [row] = await query<{ seq: string }>("select coalesce(max(seq), 0)::text as seq from invalidation");
      return BigInt((row as { seq: string }).seq);
    },
    async release() {
      await query("delete from verifier where id = $1", [id]);
    },
  };
}

async function tidy(query: SideConnection["query"]): Promise<void> {
  await query("delete from invalidation where created_at < clock_timestamp() - interval '1 hour'");
  await query("delete from verifier where lease_expires_at < clock_timestamp() - interval '1 hour'");
}
