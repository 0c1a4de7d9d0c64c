import { expect, test } from "playwright/test";
import { startCluster } from "../fixtures/cluster";
import { credentialWays } from "./revocation-credentials";
import { peopleWays } from "./revocation-people";
import { policyWays } from "./revocation-policy";
import { printTally, runRounds, Tally } from "./revocation-run";
import { makeSide } from "./revocation-world";

const PAIRS = Number(process.env.DRILL_ROUNDS ?? 150);
const isShared = process.env.DATABASE_URL !== undefined;

test(`${PAIRS} pairs`, async () => {
  test.setTimeout(120_000 + PAIRS * 500);
  const { members, dispose } = await startCluster(isShared ? 3 : 1);
  try {
    const [first] = members as [(typeof members)[0]];
    const acme = await makeSide(members, first.seed.acme);
    const globex = await makeSide(members, first.seed.globex);
    const ways = {
      ...(await credentialWays(acme)),
      ...(await peopleWays(acme)),
      ...(isShared && policyWays(globex, first)),
    };
    const tally = new Tally();
    const again = async () => {
      await acme.signInAgain();
      await globex.signInAgain();
    };
    await runRounds(ways, members.map(({ origin }) => origin), PAIRS, tally, again);
    printTally("undisturbed", tally);
    expect(tally.stale).toEqual([]);
  } finally {
    await dispose();
  }
});
