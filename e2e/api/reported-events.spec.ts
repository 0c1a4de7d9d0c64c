import { changeRows } from "../fixtures/rows";
import { expect, test } from "./issuer";
import { sender } from "./send";

const EVENTS = Number(process.env.DRILL_ROUNDS ?? 5_000);
const BATCH = 1_000;

test(`${EVENTS} events reported twice, batches overlapping, are stored once each and seen within a second`, async ({
  issuer,
  server,
}) => {
  test.setTimeout(120_000 + EVENTS * 10);
  const { send } = sender(server.origin);
  const { id, key } = await issuer.newKey();
  const batches = Array.from({ length: Math.ceil(EVENTS / BATCH) }, (_, batch) =>
    Array.from({ length: Math.min(BATCH, EVENTS - batch * BATCH) }, (_, n) => ({
      id: `event-${batch * BATCH + n}`,
      credential: key,
      action: "api.orders.counted",
      verb: 2,
      target: { type: "order", id: `${n}`, name: `Order ${n}` },
      outcome: "allowed",
    })),
  );
  const statusesOf = async (batch: object[]) => {
    const reply = await send(issuer.reporter.caller, "POST", "/v1/audit-events", batch);
    expect(reply.status, reply.text).toBe(201);
    return (reply.body.data as unknown as { status: string }[]).map(({ status }) => status);
  };
  const all: string[] = [];
  for (const batch of batches) all.push(...(await Promise.all([statusesOf(batch), statusesOf(batch)])).flat());
  const answered = performance.now();
  const [newest] = (await issuer.eventsBy(id)) as { externalId: string }[];
  expect(performance.now() - answered).toBeLessThan(1_000);
  expect(newest?.externalId).toBe(`event-${EVENTS - 1}`);
  expect(all.filter((status) => status === "stored")).toHaveLength(EVENTS);
  expect(all.filter((status) => status === "repeated")).toHaveLength(EVENTS);
  const [stored] = await changeRows(
    server,
    `select count(*)::int as events, count(distinct external_id)::int as ids from audit_event where actor_id = '${id}'`,
  );
  expect(stored).toEqual({ events: EVENTS, ids: EVENTS });
});
