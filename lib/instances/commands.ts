import "server-only";
import type { Ctx } from "@/lib/kernel/ctx";
import { defined } from "@/lib/kernel/defined";
import { notFound } from "@/lib/kernel/errors";
import { mutate } from "@/lib/kernel/mutate";
import { newId } from "@/lib/kernel/new-id";
import { createBaseRoles } from "@/lib/roles/base-roles";
import { instanceRecord } from "./record";
import type { CreateInstance, InstanceRecord, UpdateInstance } from "./schema";

const NAME_TAKEN = { detail: "Another instance has this name.", pointer: "/name" };

/** Creates an instance with its base roles and makes the creator its Owner. */
export async function createInstance(ctx: Ctx, input: CreateInstance): Promise<InstanceRecord> {
  const { organizationId } = ctx;
  const act = {
    authority: "instances:create",
    action: "instance.created",
    target: { id: null, name: input.name },
    conflict: NAME_TAKEN,
  } as const;
  return mutate(ctx, act, async (tx, _now, { principal }) => {
    const creatorId = principal.id as string;
    const row = await tx.instance.create({
      data: {
        id: newId("instance"),
        organizationId,
        name: input.name,
        domain: input.domain ?? null,
        createdById: creatorId,
      },
    });
    await createBaseRoles(tx, { organizationId, instanceId: row.id }, creatorId);
    return {
      result: instanceRecord(row),
      audit: {
        action: "instance.created",
        target: row,
        instanceId: row.id,
        after: { name: row.name, domain: row.domain },
      },
    };
  });
}

export async function updateInstance(ctx: Ctx, id: string, input: UpdateInstance): Promise<InstanceRecord> {
  const act = {
    authority: "instances:update",
    action: "instance.updated",
    target: { id, name: input.name ?? "instance" },
    instanceId: id,
    conflict: NAME_TAKEN,
  } as const;
  return mutate(ctx, act, async (tx) => {
    const where = { id, organizationId: ctx.organizationId };
    const before = await tx.instance.findUnique({ where });
    if (!before) throw notFound("instance");
    const row = await tx.instance.update({ where, data: defined(input) });
    return {
      result: instanceRecord(row),
      audit: { action: "instance.updated", target: row, instanceId: id, before, after: row },
    };
  });
}
