import { notFound } from "next/navigation";
import { cache } from "react";
import { readInstanceWith } from "@/app/(console)/instances/[instanceId]/tokens/read-tokens";
import type { Crumb } from "@/components/ui/breadcrumb";
import { getRoleAt } from "@/lib/holders/queries";
import { found } from "@/lib/http/page-query";
import { RoleId } from "@/lib/roles/schema";

/** The role of the address with its holders, read once for the page and its title; absent where it does not apply. */
export const readRole = cache(async (instanceId: string, role: string) => {
  const { ctx, instance } = await readInstanceWith("roles:read", instanceId);
  if (!RoleId.safeParse({ role }).success) notFound();
  return { ctx, instance, ...(await found(getRoleAt(ctx, instanceId, role))) };
});

/** Instances › the instance › Roles › what follows. */
export const roleCrumbs = (instance: { ZUID: string; name: string }, ...rest: Crumb[]): Crumb[] => [
  { label: "Instances", href: "/instances" },
  { label: instance.name, href: `/instances/${instance.ZUID}` },
  rest.length > 0 ? { label: "Roles", href: `/instances/${instance.ZUID}/roles` } : { label: "Roles" },
  ...rest,
];
