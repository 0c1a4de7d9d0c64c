import { setTimeout as delay } from "node:timers/promises";
import pLimit from "p-limit";
import { type Answer, ask, type Asked, pick, surfacesFor } from "./revocation-ask";

/** Something that can be ended: accepted wherever it is asked about, and refused there once `end` has returned. */
export interface Ending {
  asked: Asked[];
  end(origin: string): Promise<unknown>;
}

export interface Way {
  /** Makes the next one, after the one before it has been ended. */
  next: () => Promise<Ending>;
  /** How many in one round. */
  times: number;
}

/** What a scenario has seen. */
export class Tally {
  pairs = 0;
  checks = 0;
  /** Pairs of which a check that began after the revocation had returned was accepted, by what ended them. */
  stale: string[] = [];
  /** Revocations that were answered with an error: nothing was promised of them. */
  unanswered = 0;
  unavailable = 0;
  /** Checks that were not answered at all. */
  silent = 0;
  readonly revokeMs: number[] = [];
}

interface Check {
  asked: Asked;
  began: number;
  answer: Answer;
}

/** Revocations under way at once. */
const BESIDE = 4;
/** Between checks of one credential, or asking would crowd out what is asked about. */
const PAUSE_MS = 10;
/** For what a server that stands still or a database that is slow keeps waiting. */
const PATIENCE_MS = 60_000;

/** Has every server answer on each surface that it is accepted: from the second on, from memory. */
export async function warm(origins: readonly string[], { asked }: Pick<Ending, "asked">): Promise<void> {
  for (const each of asked) {
    for (const surface of surfacesFor(each)) {
      const requireAccepted = async (origin: string) => {
        const answer = await ask(origin, each, surface);
        if (answer !== "accepted") throw new Error(`${surface.path}: ${answer}: ${JSON.stringify(each)}`);
      };
      await Promise.all(origins.map((origin) => patiently(() => requireAccepted(origin))));
    }
  }
}

/**
 * Ends it through one of the servers, asks all of them about it all along and the moment the call has returned, and
 * counts what was accepted by a check that began afterwards.
 */
async function endAndAsk(
  name: string,
  { asked, end }: Ending,
  { origins, through = origins }: { origins: readonly string[]; through?: readonly string[] },
  tally: Tally,
): Promise<void> {
  const checks: Check[] = [];
  const askAll = () =>
    Promise.all(
      origins.flatMap((origin) =>
        asked.map(async (each) => {
          const began = performance.now();
          checks.push({ asked: each, began, answer: await ask(origin, each) });
        }),
      ),
    );
  let isOver = false;
  const meanwhile = (async () => {
    while (!isOver) {
      await askAll();
      await delay(PAUSE_MS);
    }
  })();
  const began = performance.now();
  const failure = await end(pick(through)).then(
    () => undefined,
    (thrown: Error) => thrown,
  );
  const returned = performance.now();
  if (!failure) await askAll();
  isOver = true;
  await meanwhile;
  if (failure && !isUnavailable(failure)) throw failure;
  if (!failure) await askAll();

  tally.checks += checks.length;
  tally.unavailable += checks.filter(({ answer }) => answer === "unavailable").length;
  tally.silent += checks.filter(({ answer }) => answer === "silent").length;
  if (failure) {
    tally.unanswered += 1;
    return;
  }
  tally.pairs += asked.length;
  tally.revokeMs.push(returned - began);
  const late = checks.filter((check) => check.began > returned && check.answer === "accepted");
  for (const each of asked) if (late.some((check) => check.asked === each)) tally.stale.push(name);
}

/** Ends each of them through one of these servers while all are asked about it. */
export const endAll = (
  warmed: readonly { name: string; ending: Ending }[],
  servers: { origins: readonly string[]; through: readonly string[] },
  tally: Tally,
) => warmed.map(({ name, ending }) => endAndAsk(name, ending, servers, tally));

export const isUnavailable = ({ message }: Error) => /: (503|unavailable|silent)\b/.test(message);

/** Done again where it could not be done yet: that is nothing the drill is about. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (const began = performance.now(); ; await delay(PAUSE_MS)) {
    try {
      return await work();
    } catch (failure) {
      if (!isUnavailable(failure as Error) || performance.now() - began > PATIENCE_MS) throw failure;
    }
  }
}

interface Place {
  origins: readonly string[];
  signInAgain: () => Promise<void>;
}

/** Rounds of all the ways beside each other, in any order, until there are so many pairs. */
export async function runRounds(place: Place, ways: Record<string, Way>, pairs: number, tally: Tally): Promise<void> {
  while (tally.pairs < pairs) {
    await patiently(place.signInAgain);
    const inAnyOrder = Object.entries(ways).sort(() => Math.random() - 0.5);
    await pLimit(BESIDE).map(inAnyOrder, async ([name, way]) => {
      for (let time = 0; time < way.times && tally.pairs < pairs; time++) {
        const ending = await patiently(way.next);
        await warm(place.origins, ending);
        await endAndAsk(name, ending, place, tally);
      }
    });
  }
}

/** One of each way, all accepted everywhere. */
export async function warmOneOfEach({ origins, signInAgain }: Place, ways: Record<string, Way>) {
  await patiently(signInAgain);
  const all = await pLimit(BESIDE).map(Object.entries(ways), async ([name, way]) => ({
    name,
    ending: await patiently(way.next),
  }));
  // Some of what prepares one of them makes servers forget others.
  for (const { ending } of all) await warm(origins, ending);
  return all;
}

const at = (sorted: readonly number[], share: number) =>
  `${(sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0).toFixed(0)} ms`;

/** For reading, not for judging: it depends on what else the machine does. */
export function printTally(
  scenario: string,
  { pairs, checks, stale, unanswered, unavailable, silent, revokeMs }: Tally,
): void {
  const sorted = [...revokeMs].sort((a, b) => a - b);
  const times = `revocation p50 ${at(sorted, 0.5)}, p99 ${at(sorted, 0.99)}, longest ${at(sorted, 1)}`;
  console.log(
    `${scenario}: ${pairs} pairs by ${revokeMs.length} revocations, ${checks} checks (${unavailable} unavailable, ${silent} silent), ` +
      `${unanswered} revocations unanswered, ${stale.length} stale; ${times}`,
  );
}
