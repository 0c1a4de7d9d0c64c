import "server-only";
import type { Ctx, Origin } from "@/lib/kernel/ctx";
import { type Db, db, type Tx } from "@/lib/kernel/db";
import { AppError } from "@/lib/kernel/errors";
import { digestOf, secretKind } from "@/lib/kernel/secrets";
import { refusalOf } from "@/lib/verification/decide";
import { findPresented, isChecked } from "@/lib/verification/find";
import type { Found } from "@/lib/verification/found";
import { inTurn } from "@/lib/verification/turns";

/**
 * Whoever has the whole of a value, so that they can end what it opens: also where it is disabled, not valid yet
 * or sent from a network it does not allow. Undefined when the value opens nothing any more, or never did.
 * Throws `busy` when too many values are looked up.
 */
export async function findHolder(value: string, origin: Origin): Promise<Ctx | undefined> {
  const found = await inTurn(findOpenOnes, value);
  if (!found) return undefined;
  const recheck = async (tx: Tx) => {
    const still = await findOpen(tx, value);
    if (!still) throw new AppError("credential_revoked", "It has ended meanwhile.");
    return still.standing;
  };
  return { ...origin, ...found.standing, recheck };
}

/** Seldom asked for, so that there is no statement for several. Together they take the one connection of their turn. */
async function findOpenOnes(values: readonly string[]): Promise<(Found | undefined)[]> {
  const found: (Found | undefined)[] = [];
  for (const value of values) found.push(await findOpen(db(), value));
  return found;
}

async function findOpen(client: Db | Tx, value: string): Promise<Found | undefined> {
  const kind = secretKind(value);
  const digest = digestOf(value);
  if (kind === "login_refresh") return findRefreshable(client, digest);
  if (!isChecked(kind)) return undefined;
  const found = await findPresented(client, kind, digest);
  return found && !hasEnded(found) ? found : undefined;
}

/** The login of a refresh value that was not used up yet. Its access value may have expired. */
async function findRefreshable(client: Db | Tx, refreshDigest: Uint8Array<ArrayBuffer>): Promise<Found | undefined> {
  const pair = await client.loginPair.findUnique({ where: { refreshDigest }, select: { accessDigest: true } });
  const found = pair ? await findPresented(client, "login_access", new Uint8Array(pair.accessDigest)) : undefined;
  return found && found.facts.over === null ? found : undefined;
}

const hasEnded = ({ facts, standing }: Found) =>
  ["REVOKED", "EXPIRED"].includes(refusalOf(facts, standing.now.getTime(), undefined)?.code ?? "");
