import type { Server } from "../fixtures/start-server";
import { changeRows } from "../fixtures/rows";
import type { Way } from "./revocation-run";
import { bearer, type Side } from "./revocation-world";
import { sender } from "./send";

const LONG = { idleMinutes: 30, sessionHours: 12 };
const SHORTER = [
  { column: "created_at", age: "2 hours", policy: { sessionHours: 1 } },
  { column: "last_action_at", age: "20 minutes", policy: { idleMinutes: 5 } },
];

/** A policy that becomes shorter ends the sessions that are too old for it. The organization is not used for anything else. */
export function policyWays(side: Side, server: Server): Record<string, Way> {
  let turn = 0;
  const next = async () => {
    await side.ensure("PATCH", "/v1/policy", LONG);
    const { column, age, policy } = SHORTER[turn++ % 2] as (typeof SHORTER)[number];
    const value = await side.newSession(side.seed.people.developer);
    const { ZUID } = await side.any.done(bearer(value), "GET", "/v1/sessions/current");
    await changeRows(server, `update session set ${column} = ${column} - interval '${age}' where id = '${ZUID}'`);
    const end = (origin: string) => sender(origin).done(side.owner, "PATCH", "/v1/policy", policy);
    return { asked: [side.asking(value)], end };
  };
  return { "policy became shorter": { times: 2, next } };
}
