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
  /** All the ways a credential ends. */
  ways: Record<string, Way>;
  signInAgain: () => Promise<void>;
}

/** Three servers on one PostgreSQL database, with something between them that can be cut where that is asked for; the one of an embedded store. */
export const isShared = process.env.DATABASE_URL !== undefined;

/** Pairs of a credential and what ends it. `npm run drill:revocation` takes 10,000. */
export const PAIRS = Number(process.env.DRILL_ROUNDS ?? (isShared ? 150 : 60));
export const FAULTS = Math.max(1, Math.round(PAIRS / 2_000));
export const FAULT_MS = PAIRS < 1_000 ? 4_000 : 10_000;

/** All servers, and those but one, which is out of order. */
export const around = ({ origins }: Drill, { origin }: Member) => ({
  origins,
  through: origins.filter((each) => each !== origin),
});

export const keyWay = ({ ways }: Drill): Record<string, Way> => ({ "API key revoked": ways["API key revoked"] as Way });

export const test = base.extend<object, { isProxied: boolean; drill: Drill }>({
  isProxied: [false, { scope: "worker", option: true }],
  drill: [
    async ({ isProxied }, use) => {
      const { members, dispose } = await startCluster(isShared ? 3 : 1, { isProxied });
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
  const ways = {
    ...(await credentialWays(acme)),
    ...(await peopleWays(acme)),
    // Rows cannot be moved in time beside a server that has the store to itself.
    ...(isShared && policyWays(globex, first)),
  };
  const signInAgain = async () => void (await Promise.all([acme.signInAgain(), globex.signInAgain()]));
  return { members, origins: members.map(({ origin }) => origin), acme, ways, signInAgain };
}
