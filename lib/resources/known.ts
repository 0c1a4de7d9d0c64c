import type { Ctx } from "@/lib/kernel/ctx";
import type { Tx } from "@/lib/kernel/db";
import { AppError } from "@/lib/kernel/errors";
import { kindOf } from "./schema";

/**
 * Every name is a resource of the organization, and stays one until the transaction ends: deleting it waits, and
 * then sees what names it. Ids pass. Throws `invalid_input` at the pointer of the name.
 */
export async function requireResources(
  tx: Tx,
  { organizationId }: Ctx,
  named: { name: string; pointer: string }[],
): Promise<void> {
  const asked = named.filter(({ name }) => !/^\d/.test(name) && kindOf(name) === "registered");
  if (asked.length === 0) return;
  const names = [...new Set(asked.map(({ name }) => name))];
  const rows = await tx.$queryRaw<{ name: string }[]>`
    select name from resource where organization_id = ${organizationId} and name = any(${names}::text[]) for share`;
  const known = new Set(rows.map(({ name }) => name));
  const detail = "is no resource of the organization";
  const errors = asked.flatMap(({ name, pointer }) => (known.has(name) ? [] : [{ pointer, detail }]));
  if (errors.length > 0) throw new AppError("invalid_input", `${errors[0]?.pointer} ${detail}.`, { errors });
}

/** The resources that the lists of an app speak of, each with the pointer of its list. */
export const resourcesIn = (lists: Record<string, { mode: string; permissions?: readonly string[] } | undefined>) =>
  Object.entries(lists).flatMap(([field, access]) =>
    (access?.permissions ?? []).map((permission, i) => ({
      name: permission.split(":")[0] as string,
      pointer: `/${field}/permissions/${i}`,
    })),
  );
