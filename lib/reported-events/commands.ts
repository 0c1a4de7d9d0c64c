import "server-only";
import { refuse } from "@/lib/kernel/authority";
import type { Ctx } from "@/lib/kernel/ctx";
import { AppError } from "@/lib/kernel/errors";
import { IS_EVENTS, mutate } from "@/lib/kernel/mutate";
import { type Row, rowsOf, type Wrong } from "./rows";
import type { Receipt, ReportEvents } from "./schema";
import { storeRows } from "./store";

/**
 * Puts what a protected API reports on the trail, under the name of the credential that did it: all of it, or nothing
 * and the answer says of each event what is wrong. An event whose own id is on the trail already is not stored again.
 */
export async function reportEvents(ctx: Ctx, input: ReportEvents): Promise<Receipt | Receipt[]> {
  if (ctx.principal.kind !== "api_key" && ctx.principal.kind !== "access_token") {
    return refuse(ctx, "audit", "Only an API reports what happened at it, by its API key or access token.");
  }
  const act = {
    authority: "audit:create",
    action: "trail.reported",
    ...(ctx.principal.kind === "access_token" && { instanceId: ctx.principal.instanceId }),
  } as const;
  const isMany = Array.isArray(input);
  const { receipts } = await mutate(ctx, act, async (tx, now) => {
    const { rows, wrong } = await rowsOf(tx, ctx, [input].flat(), now);
    const inBody = (index: number, pointer: string) => (isMany ? `/${index}${pointer}` : pointer);
    if (wrong[0])
      throw refusal(
        "invalid_input",
        wrong.map(({ index, ...one }) => ({ ...one, pointer: inBody(index, one.pointer) })),
      );
    const earlier = await storeRows(tx, ctx, rows);
    const changed = rows.flatMap((row, i) => (earlier.get(row.id)?.isSame === false ? [inBody(i, "/id")] : []));
    if (changed[0]) {
      throw refusal(
        "conflict",
        changed.map((pointer) => ({ pointer, detail: "was reported before, of another event" })),
      );
    }
    return { result: { receipts: rows.map((row) => receiptOf(row, earlier.get(row.id)?.id)) }, audit: IS_EVENTS };
  });
  return isMany ? receipts : (receipts[0] as Receipt);
}

function refusal(code: "invalid_input" | "conflict", wrong: Wrong[]): AppError {
  const [first] = wrong as [Wrong, ...Wrong[]];
  const more = wrong.length > 1 ? ` (and ${wrong.length - 1} more)` : "";
  const detail = `${first.pointer} ${first.detail}${more}. Nothing was stored.`;
  return new AppError(code, detail, { errors: wrong });
}

const receiptOf = ({ id, external_id }: Row, earlier: string | undefined): Receipt => ({
  ZUID: earlier ?? id,
  id: external_id,
  status: earlier === undefined ? "stored" : "repeated",
});
