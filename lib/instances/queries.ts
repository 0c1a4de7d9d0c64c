import "server-only";
import { requirePermission } from "@/lib/kernel/authority";
import type { Ctx } from "@/lib/kernel/ctx";
import { byText, byTime, mapPage, type Page, readPage } from "@/lib/kernel/cursor";
import { db } from "@/lib/kernel/db";
import { AppError, notFound } from "@/lib/kernel/errors";
import { allows, type Power } from "@/lib/kernel/permissions";
import { containing } from "@/lib/kernel/search";
import type { Instance, Prisma } from "@/prisma/generated/client";
import { centerRecord, instanceRecord } from "./record";
import type { InstanceRecord, ListCenters, ListInstances } from "./schema";

const SORTS = {
  name: byText<Instance>("name", (row) => row.name),
  createdAt: byTime<Instance>("createdAt", (row) => row.createdAt),
};

/** The instances the caller may read: all of them, or those a role of theirs is bound to. */
function visibleTo(ctx: Ctx): Prisma.InstanceWhereInput {
  const { organizationId, power } = ctx;
  if (allows(power, "instances:read")) return { organizationId };
  return { organizationId, id: { in: instancesOf(power) } };
}

const instancesOf = (power: Power) =>
  "roles" in power
    ? power.roles.flatMap(({ instanceId }) =>
        instanceId && allows(power, "instances:read", instanceId) ? [instanceId] : [],
      )
    : [];

export async function listInstances(ctx: Ctx, query: ListInstances): Promise<Page<InstanceRecord>> {
  await requireSomeInstance(ctx);
  const sort = SORTS[query.sort ?? "name"];
  const where: Prisma.InstanceWhereInput = {
    AND: [visibleTo(ctx), query.q ? { name: containing(query.q) } : {}],
  };
  const page = await readPage(
    { ...query, dir: query.dir ?? "asc" },
    sort,
    (part) => db().instance.findMany({ where: { AND: [where, part.where] }, orderBy: part.orderBy, take: part.take }),
    () => db().instance.count({ where }),
  );
  return mapPage(page, instanceRecord);
}

export async function getInstance(ctx: Ctx, id: string): Promise<InstanceRecord> {
  return instanceRecord(await findInstance(ctx, id));
}

async function findInstance(ctx: Ctx, id: string): Promise<Instance> {
  await requireSomeInstance(ctx);
  const row = await db().instance.findFirst({ where: { AND: [visibleTo(ctx), { id }] } });
  if (!row) throw notFound("instance");
  return row;
}

/** Who holds a role on any instance may list and sees just those; everybody else needs the permission. */
export const canListInstances = (power: Power) => instancesOf(power).length > 0 || allows(power, "instances:read");

async function requireSomeInstance(ctx: Ctx): Promise<void> {
  if (!canListInstances(ctx.power)) await requirePermission(ctx, "instances:read");
}

/** The vendor's list of centers. Throws `invalid_input` for more than 100 items a page. */
export async function listCenters(ctx: Ctx, { page, size }: ListCenters) {
  if (size > 100) throw new AppError("invalid_input", "You cannot request more than 100 items.");
  await requireSomeInstance(ctx);
  const where = visibleTo(ctx);
  const [total, rows] = await Promise.all([
    db().instance.count({ where }),
    db().instance.findMany({ where, orderBy: [{ name: "asc" }, { id: "asc" }], skip: (page - 1) * size, take: size }),
  ]);
  return { centers: rows.map(centerRecord), page_info: { total, page, size }, error: null };
}

export async function getCenter(ctx: Ctx, id: string) {
  return { center: centerRecord(await findInstance(ctx, id)), error: null };
}
