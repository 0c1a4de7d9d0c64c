import "server-only";
import type { Ctx } from "@/lib/kernel/ctx";
import type { Tx } from "@/lib/kernel/db";
import { defined } from "@/lib/kernel/defined";
import { AppError, type ErrorDetails, notFound } from "@/lib/kernel/errors";
import { mutate } from "@/lib/kernel/mutate";
import { registeredPermissions } from "@/lib/kernel/permissions";
import { resourceRecord } from "./record";
import {
  type Endpoint,
  kindOf,
  type RegisterResource,
  type ResourceRecord,
  RESOURCES_AT_MOST,
  type UpdateResource,
} from "./schema";

/** A resource in the catalogue is power for whoever may do everything, so it counts as a change of who may do what. */
const SHAPING = { isSensitive: true, takesTurn: true } as const;

const aboutName = (name: string) => ({ target: { id: name, name } });

/** Registers a resource of the organization's own APIs: roles and apps can name it from now on. */
export async function registerResource(ctx: Ctx, input: RegisterResource): Promise<ResourceRecord> {
  const { organizationId } = ctx;
  const conflict = { detail: "A resource has this name.", pointer: "/name" };
  const act = { authority: "apps:create", action: "resource.registered", ...aboutName(input.name), conflict } as const;
  return mutate(ctx, { ...act, ...SHAPING }, async (tx, _now, { principal }) => {
    if ((await tx.resource.count({ where: { organizationId } })) >= RESOURCES_AT_MOST) {
      throw new AppError("conflict", `There are ${RESOURCES_AT_MOST} resources, which is all the catalogue can take.`);
    }
    const { name, description = "", endpoints = [] } = input;
    const by = { createdById: principal.id as string, createdByName: principal.name };
    const row = await tx.resource.create({ data: { organizationId, name, description, endpoints, ...by } });
    const record = resourceRecord(row);
    return {
      result: record,
      audit: { action: "resource.registered", ...aboutName(name), after: snapshot(record) },
    };
  });
}

/** Describes a resource or says what it opens. A built-in one can be described too; Latchkey's own cannot. */
export async function updateResource(ctx: Ctx, name: string, input: UpdateResource): Promise<ResourceRecord> {
  const { organizationId } = ctx;
  const act = { authority: "apps:update", action: "resource.updated", ...aboutName(name), ...SHAPING } as const;
  return mutate(ctx, act, async (tx, _now, { principal }) => {
    const kind = kindOf(name);
    if (kind === "latchkey") throw new AppError("conflict", `${name} is Latchkey's own; its endpoints are known.`);
    const where = { organizationId_name: { organizationId, name } };
    const found = await tx.resource.findUnique({ where });
    if (!found && kind === "registered") throw notFound("resource");
    const by = { createdById: principal.id as string, createdByName: principal.name };
    const row = found
      ? await tx.resource.update({ where, data: defined(input) })
      : await tx.resource.create({ data: { organizationId, name, ...by, ...defined(input) } });
    const record = resourceRecord(row);
    const before = found ? snapshot(resourceRecord(found)) : { description: "", endpoints: [] };
    return {
      result: record,
      audit: { action: "resource.updated", ...aboutName(name), before, after: snapshot(record) },
    };
  });
}

/** Deletes a resource: nothing is allowed on it any more. Throws `conflict` with the roles and apps that name it. */
export async function deleteResource(ctx: Ctx, name: string): Promise<ResourceRecord> {
  const { organizationId } = ctx;
  const act = { authority: "apps:delete", action: "resource.deleted", ...aboutName(name), ...SHAPING } as const;
  return mutate(ctx, act, async (tx) => {
    if (kindOf(name) !== "registered") throw new AppError("conflict", `${name} is built in and cannot be deleted.`);
    // Whoever is about to name it has it locked: wait, so that what names it is seen.
    await tx.$queryRaw`
      select 1 from resource where organization_id = ${organizationId} and name = ${name} for update`;
    const where = { organizationId_name: { organizationId, name } };
    const row = await tx.resource.findUnique({ where });
    if (!row) throw notFound("resource");
    const namedBy = await namersOf(tx, ctx, name);
    if (namedBy.length > 0) {
      const list = namedBy.map((each) => `${each.kind} ${each.name}`).join(", ");
      throw new AppError("conflict", `${name} is named by ${list}; take it out there first.`, { namedBy });
    }
    await tx.resource.delete({ where });
    const record = resourceRecord(row);
    return { result: record, audit: { action: "resource.deleted", ...aboutName(name), before: snapshot(record) } };
  });
}

/** The roles with a rule for the resource and the apps that list it. */
async function namersOf(tx: Tx, { organizationId }: Ctx, name: string): Promise<NonNullable<ErrorDetails["namedBy"]>> {
  const select = { id: true, name: true } as const;
  const shared = { select, orderBy: { id: "asc" } } as const;
  const roles = await tx.role.findMany({
    where: { organizationId, deletedAt: null, rules: { some: { resource: name } } },
    ...shared,
  });
  const listed = { hasSome: registeredPermissions([name]) as string[] };
  const apps = await tx.app.findMany({
    where: { organizationId, deletedAt: null, OR: [{ keyPermissions: listed }, { tokenPermissions: listed }] },
    ...shared,
  });
  return [
    ...roles.map((role) => ({ kind: "role" as const, ZUID: role.id, name: role.name })),
    ...apps.map((app) => ({ kind: "app" as const, ZUID: app.id, name: app.name })),
  ];
}

const snapshot = ({ description, endpoints }: { description: string; endpoints: Endpoint[] }) => ({
  description,
  endpoints: endpoints.map(({ method, path, verb }) => `${method} ${path}: ${verb}`),
});
