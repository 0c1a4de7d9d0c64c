import "server-only";
import { requirePermission } from "@/lib/kernel/authority";
import type { Ctx } from "@/lib/kernel/ctx";
import { type Page, wholeList } from "@/lib/kernel/cursor";
import { db } from "@/lib/kernel/db";
import { notFound } from "@/lib/kernel/errors";
import { allResources } from "./record";
import type { ResourceRecord } from "./schema";

/**
 * What a role or app can name: the organization's own resources by name, then the built-in ones, then
 * Latchkey's. Anybody who is signed in may know it; a credential needs `policy:read`.
 */
export async function listResources(ctx: Ctx): Promise<Page<ResourceRecord>> {
  return wholeList(await readResources(ctx));
}

export async function getResource(ctx: Ctx, name: string): Promise<ResourceRecord> {
  const found = (await readResources(ctx)).find((resource) => resource.name === name);
  if (!found) throw notFound("resource");
  return found;
}

async function readResources(ctx: Ctx): Promise<ResourceRecord[]> {
  if (ctx.principal.kind !== "user") await requirePermission(ctx, "policy:read");
  const { organizationId } = ctx;
  return allResources(await db().resource.findMany({ where: { organizationId }, orderBy: { name: "asc" } }));
}
