import { test as base } from "playwright/test";
import { type Member, startCluster } from "../fixtures/cluster";
import { credentialWays } from "./revocation-credentials";
import { peopleWays } from "./revocation-people";
import { policyWays } from "./revocation-policy";
import type { Way } from "./revocation-run";
import { Side } from "./revocation-world";

export interface Drill {
  members: readonly Member[];
  origins: readonly string[];
  acme: Side;
  /** All the ways a credential ends, and those of them that a failed try does not confuse. */
  ways: Record<string, Way>;
  simpleWays: Record<string, Way>;
  signInAgain: () => Promise<void>;
}

/** Three servers on one PostgreSQL database, each with a line of its own to it; the one of an embedded store. */
export const isShared = process.env.DATABASE_URL !== undefined;

export const test = base.extend<object, { drill: Drill }>({
  drill: [
    async ({}, use) => {
      const { members, dispose } = await startCluster(isShared ? 3 : 1, { isProxied: isShared });
      try {
        await use(await makeDrill(members));
      } finally {
        await dispose();
      }
    },
    { scope: "worker", timeout: 180_000 },
  ],
});

async function makeDrill(members: readonly Member[]): Promise<Drill> {
  const [first] = members as readonly [Member];
  const acme = await Side.of(members, first.seed.acme);
  const globex = await Side.of(members, first.seed.globex);
  const simpleWays = await credentialWays(acme);
  // Rows cannot be moved in time beside a server that has the store to itself.
  const ways = { ...simpleWays, ...(await peopleWays(acme)), ...(isShared && policyWays(globex, first)) };
  const signInAgain = async () => void (await Promise.all([acme.signInAgain(), globex.signInAgain()]));
  return { members, origins: members.map(({ origin }) => origin), acme, ways, simpleWays, signInAgain };
}
