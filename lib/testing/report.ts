import "server-only";
import { parse } from "@/lib/http/request";
import type { Ctx } from "@/lib/kernel/ctx";
import { reportEvents } from "@/lib/reported-events/commands";
import { ReportEvents } from "@/lib/reported-events/schema";
import type { TestOrganization } from "./organization";

/** What an API might tell of a credential. */
export const refund = (over: object) => ({
  action: "api.orders.refunded",
  verb: 2,
  target: { type: "order", id: "4711", name: "Order 4711" },
  outcome: "allowed",
  ...over,
});

export const report = (by: Ctx, body: unknown) => reportEvents(by, parse(ReportEvents, body, "body"));

export const reportedOn = async (organization: TestOrganization) =>
  (await organization.events()).filter(({ reportedBy }) => reportedBy !== null);

/** What a report is refused with; it throws when anything was stored all the same. */
export async function refusalOf(organization: TestOrganization, by: Ctx, body: unknown) {
  const before = (await reportedOn(organization)).length;
  const thrown = await Promise.resolve()
    .then(() => report(by, body))
    .catch((error: unknown) => error);
  if ((await reportedOn(organization)).length !== before) throw new Error("A refused report was stored.");
  return (thrown as { details?: { errors?: { pointer: string; detail: string }[] } }).details?.errors;
}
