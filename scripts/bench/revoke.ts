import { signInByHttp } from "@/e2e/fixtures/api-client";
import { freePort, type ServerProcess, spawnServer } from "@/e2e/fixtures/process";
import { milliseconds, percentile } from "./figures";
import { populate, tokenId } from "./population";
import type { Figure, Row } from "./rows";
import { done, type Populated, type World } from "./world";

const PROCESSES = 3;
const MORE_MS = { 50: 10, 99: 50 };

/** How much longer than writing the row it takes until no process accepts the credential. */
export const revoke: Row = {
  name: "revoke",
  async measure(world) {
    const populated = await world.populated("small");
    const { server, database, organization, count } = populated;
    const revocations = world.isShort ? 20 : 500;
    await populate(database, organization, count + 2 * revocations, count + 1);
    const owner = await signInByHttp(server.origin, organization.people.owner);
    const [raw, ours]: [number[], number[]] = [[], []];
    const beside = await Promise.all(Array.from({ length: PROCESSES - 1 }, () => startBeside(world, populated)));
    for (let number = count + 1; number < count + 2 * revocations; number += 2) {
      raw.push(await timed(() => database.query({ ...REVOKE, values: [tokenId(number)] })));
      ours.push(await timed(() => done(owner, "DELETE", `/v1/tokens/${tokenId(number + 1)}`, {})));
    }
    // The rows after this one are about one process: no other may seal or write for it.
    for (const other of beside) await other.stop();
    return { figures: [figureAt(50, ours, raw), figureAt(99, ours, raw)] };
  },
};

function figureAt(percent: 50 | 99, ours: number[], raw: number[]): Figure {
  const [own, theirs] = [percentile(ours, percent), percentile(raw, percent)];
  return {
    figure: `revoke call, ${PROCESSES} processes: p${percent}`,
    ours: milliseconds(own),
    reference: `the update with pg: ${milliseconds(theirs)}`,
    ratio: `+ ${milliseconds(own - theirs)}`,
    target: `≤ + ${MORE_MS[percent]} ms`,
    isMet: own - theirs <= MORE_MS[percent],
  };
}

/** Another process on the database of the server, with its secret key. */
async function startBeside(world: World, { server }: Populated): Promise<ServerProcess> {
  const port = await freePort();
  const env: NodeJS.ProcessEnv = {
    PATH: process.env.PATH,
    NODE_ENV: "production",
    PORT: String(port),
    DATA_DIR: server.dataDir,
    DATABASE_URL: server.databaseUrl,
  };
  const started = await spawnServer(`http://127.0.0.1:${port}`, env, () => undefined);
  world.onEnd(() => started.stop());
  return started;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

const REVOKE = { name: "revoke", text: "update credential set revoked_at = now(), updated_at = now() where id = $1" };
