import "server-only";
import { log } from "@/lib/kernel/log";
import { metrics } from "@/lib/kernel/metrics";
import { processSlot } from "@/lib/kernel/process-slot";
import type { Store } from "@/lib/store/open";
import { CredentialCache } from "./cache";
import { Lease, RENEW_EVERY_MS } from "./lease";
import { leaseStore } from "./lease-store";

const CHANNEL = "latchkey_invalidation";

/** A connection that was replaced makes a renewal fail or two; a database that is away is asked as often as ever. */
const SOON_MS = 75;
const SOON_AT_MOST = 3;

interface Verifier {
  cache: CredentialCache;
  lease: Lease;
}

const slot = processSlot<Verifier | undefined>("latchkey.verifier");

/** The cache of this process and its right to use it; undefined where nothing was started: every check then asks the database. */
export const verifier = slot.get;

/** Begins to answer from memory: renews the lease every second, and whenever a change is heard of. Returns what ends it. */
export async function startVerifier(store: Pick<Store, "openSide">): Promise<() => Promise<void>> {
  const cache = new CredentialCache();
  let isStopped = false;
  const report = (err: unknown) => {
    if (!isStopped) log().warn({ err }, "the lease was not renewed: checks ask the database until it is");
  };
  const held: { lease?: Lease } = {};
  const connection = await store.openSide(CHANNEL, {
    onOpen: () => held.lease?.reconnected(),
    onNotify: () => void held.lease?.hint().catch(report),
  });
  const lease = (held.lease = new Lease(leaseStore(connection), cache));
  slot.set({ cache, lease });
  metrics().leaseHeld.from = () => (lease.isUsable() ? 1 : 0);

  let timer: NodeJS.Timeout | undefined;
  let wasHeld = false;
  let failures = 0;
  const renew = async () => {
    if (wasHeld && !lease.isUsable()) metrics().leaseLapses.inc();
    await lease.renew().then(
      () => (failures = 0),
      (err: unknown) => {
        failures += 1;
        report(err);
      },
    );
    wasHeld = lease.isUsable();
    const pause = failures > 0 && failures <= SOON_AT_MOST ? SOON_MS : RENEW_EVERY_MS;
    if (!isStopped) timer = setTimeout(() => void renew(), pause).unref();
  };
  await renew();
  return async () => {
    isStopped = true;
    clearTimeout(timer);
    await lease.release().catch(() => undefined);
    slot.set(undefined);
    await connection.close();
  };
}
