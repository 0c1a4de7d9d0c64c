import "server-only";
import { requirePerson } from "@/lib/kernel/authority";
import type { Ctx } from "@/lib/kernel/ctx";
import type { Tx } from "@/lib/kernel/db";
import { defined } from "@/lib/kernel/defined";
import { AppError, notFound } from "@/lib/kernel/errors";
import { mutate } from "@/lib/kernel/mutate";
import { newId } from "@/lib/kernel/new-id";
import { maskSecrets } from "@/lib/kernel/secrets";
import { allows } from "@/lib/kernel/permissions";
import { viewRecord } from "./record";
import { type SaveView, type UpdateView, type ViewRecord, VIEWS_AT_MOST } from "./schema";

const CONFLICT = { detail: "You have a view of this name.", pointer: "/name" };

/** People paste into a search field what they look for. */
function requireNoSecret(query = ""): void {
  if ([...new URLSearchParams(query).values()].every((value) => maskSecrets(value) === value)) return;
  const detail = "holds the value of a credential, which is not kept";
  throw new AppError("invalid_input", `The search ${detail}.`, { errors: [{ pointer: "/query", detail }] });
}

/** Keeps filters of the trail under a name; shared, everybody who reads the trail has them. */
export async function saveView(ctx: Ctx, input: SaveView): Promise<ViewRecord> {
  const { id: userId, name: userName } = await requirePerson(ctx);
  requireNoSecret(input.query);
  const { organizationId } = ctx;
  const act = { authority: "audit:read", action: "view.saved", target: { id: null, name: input.name } } as const;
  return mutate(ctx, { ...act, conflict: CONFLICT }, async (tx) => {
    if ((await tx.auditView.count({ where: { organizationId, userId } })) >= VIEWS_AT_MOST) {
      throw new AppError("conflict", `You have ${VIEWS_AT_MOST} views, which is all there can be; delete one first.`);
    }
    const data = { id: newId("view"), organizationId, userId, userName, ...input };
    const record = viewRecord(await tx.auditView.create({ data }));
    return { result: record, audit: { action: "view.saved", target: targetOf(record), after: record } };
  });
}

export async function updateView(ctx: Ctx, id: string, input: UpdateView): Promise<ViewRecord> {
  await requirePerson(ctx);
  requireNoSecret(input.query);
  const act = { authority: "audit:read", action: "view.updated", target: { id, name: "view" } } as const;
  return mutate(ctx, { ...act, conflict: CONFLICT }, async (tx) => {
    const before = await ownView(tx, ctx, id);
    const record = viewRecord(await tx.auditView.update({ where: { id: before.ZUID }, data: defined(input) }));
    return { result: record, audit: { action: "view.updated", target: targetOf(record), before, after: record } };
  });
}

/** Deletes one's own view; who sets the policy can delete what others share, as they may have left. */
export async function deleteView(ctx: Ctx, id: string): Promise<ViewRecord> {
  await requirePerson(ctx);
  const act = { authority: "audit:read", action: "view.deleted", target: { id, name: "view" } } as const;
  return mutate(ctx, act, async (tx, _now, { power }) => {
    const record = await ownView(tx, ctx, id, allows(power, "policy:update"));
    await tx.auditView.delete({ where: { id: record.ZUID } });
    return { result: record, audit: { action: "view.deleted", target: targetOf(record), before: record } };
  });
}

async function ownView(tx: Tx, { organizationId, principal }: Ctx, id: string, orShared = false): Promise<ViewRecord> {
  const own = { userId: principal.id as string };
  const row = await tx.auditView.findFirst({
    where: { id, organizationId, OR: orShared ? [own, { isShared: true }] : [own] },
  });
  if (!row) throw notFound("view");
  return viewRecord(row);
}

const targetOf = ({ ZUID, name }: ViewRecord) => ({ id: ZUID, name });
