import "server-only";
import { Prisma } from "@/prisma/generated/client";
import type { CredentialPrincipal, Origin } from "@/lib/kernel/ctx";
import { db } from "@/lib/kernel/db";
import { log } from "@/lib/kernel/log";
import { processSlot } from "@/lib/kernel/process-slot";

const FLUSH_EVERY_MS = 1_000;

interface Use {
  credentialId: string;
  version: number;
  at: Date;
  ip: string;
  userAgent: string;
}

interface Uses {
  pending: Map<string, Use>;
  isScheduled: boolean;
}

const slot = processSlot<Uses>("latchkey.last-use");

function uses(): Uses {
  const known = slot.get() ?? { pending: new Map<string, Use>(), isScheduled: false };
  slot.set(known);
  return known;
}

/** Remembers that a version of a credential was accepted; written within a second, so that no check waits for it. */
export function rememberUse(credential: CredentialPrincipal, origin: Omit<Origin, "requestId">, at: Date): void {
  const { ip, userAgent } = origin;
  const { id: credentialId, version } = credential;
  uses().pending.set(`${credentialId} ${version}`, { credentialId, version, at, ip, userAgent });
  schedule(uses());
}

function schedule(buffer: Uses): void {
  if (buffer.isScheduled) return;
  buffer.isScheduled = true;
  setTimeout(() => {
    buffer.isScheduled = false;
    flushUses().catch((err: unknown) => log().warn({ err }, "last use was not written yet"));
  }, FLUSH_EVERY_MS).unref();
}

/** Writes what is pending in one statement. Also run when the process stops. */
export async function flushUses(): Promise<void> {
  const { pending } = uses();
  if (pending.size === 0) return;
  const taken = [...pending];
  pending.clear();
  await write(taken.map(([, use]) => use)).catch((failure: unknown) => {
    // A successor that looks unused could be rolled back, so what was not written is kept.
    for (const [name, use] of taken) if (!pending.has(name)) pending.set(name, use);
    schedule(uses());
    throw failure;
  });
}

async function write(used: Use[]): Promise<void> {
  const rows = used.map(
    (use) =>
      Prisma.sql`(${use.credentialId}, ${use.version}::int, ${use.at}::timestamptz, ${use.ip}, ${use.userAgent})`,
  );
  await db().$executeRaw`
    update credential_version v set last_used_at = u.at, last_used_ip = u.ip, last_user_agent = u.user_agent
    from (values ${Prisma.join(rows)}) as u (credential_id, number, at, ip, user_agent)
    where v.credential_id = u.credential_id and v.number = u.number
      and (v.last_used_at is null or v.last_used_at <= u.at)`;
}
