import { median, milliseconds, perSecond } from "./figures";
import type { Request } from "./load";
import { measure } from "./processes";
import type { Row } from "./rows";

const BATCH = 1_000;
const CONNECTIONS = 2;
const EVENTS_PER_SECOND = 5_000;
const MOST_BATCHES = 60;

/** Events that an API reports in the largest batches there are, each under the id of its reporter. */
export const reports: Row = {
  name: "reports",
  async measure({ rounds, end, isShort, populated }) {
    const { server, database, organization, caller } = await populated("small");
    const headers = { authorization: `apikey ${caller}`, "content-type": "application/json" };
    const { rows: tokens } = await database.query<{ id: string }>(
      "select id from credential where kind = 'access_token' and organization_id = $1 limit 100",
      [organization.id],
    );
    let made = 0;
    const batch = (): Request => {
      const events = Array.from({ length: BATCH }, (_, n) => ({
        id: `bench-${(made += 1)}`,
        credential: tokens[n % tokens.length]?.id,
        action: "api.orders.refunded",
        verb: 2,
        target: { type: "order", id: String(made), name: `Order ${made}` },
        outcome: "allowed",
        requestId: `req-${made}`,
        ip: "203.0.113.9",
        userAgent: "shop/2.1",
        details: { amount: n, currency: "EUR" },
      }));
      return { method: "POST", path: "/v1/audit-events", headers, body: JSON.stringify(events) };
    };
    const load = () => ({
      url: server.origin,
      connections: CONNECTIONS,
      requests: Array.from({ length: MOST_BATCHES }, batch),
      end: isShort ? { requests: 4 } : end,
    });
    await measure({ ...load(), end: { requests: 4 } });
    const rates: number[] = [];
    const times: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const measured = await measure(load());
      rates.push(measured.perSecond * BATCH);
      times.push(measured.p50);
    }
    const rate = median(rates);
    return {
      figures: [
        {
          figure: `reported events in batches of ${BATCH}, ${CONNECTIONS} connections, one process`,
          ours: `${perSecond(rate)} (a batch ${milliseconds(median(times))})`,
          target: `≥ ${perSecond(EVENTS_PER_SECOND)}`,
          isMet: rate >= EVENTS_PER_SECOND,
        },
      ],
    };
  },
};
