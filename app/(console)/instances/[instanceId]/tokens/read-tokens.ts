import { notFound } from "next/navigation";
import { cache } from "react";
import { readInstance } from "@/app/(console)/instances/[instanceId]/read-instance";
import type { Crumb } from "@/components/ui/breadcrumb";
import { found } from "@/lib/http/page-query";
import { allows, type Permission } from "@/lib/kernel/permissions";
import { getToken } from "@/lib/tokens/queries";
import { TokenId } from "@/lib/tokens/schema";

/** The instance and who asks; who lacks the permission there sees the page as absent. */
export async function readInstanceWith(permission: Permission, instanceId: string) {
  const read = await readInstance(instanceId);
  if (!allows(read.ctx.power, permission, instanceId)) notFound();
  return read;
}

/** The token of the address, read once for the page and its title; absent under another instance than its own. */
export const readToken = cache(async (instanceId: string, token: string) => {
  const { ctx, instance } = await readInstanceWith("tokens:read", instanceId);
  if (!TokenId.safeParse({ token }).success) notFound();
  const record = await found(getToken(ctx, token));
  if (record.instanceZUID !== instanceId) notFound();
  return { ctx, instance, record };
});

/** Instances › the instance › Tokens › what follows. */
export const tokenCrumbs = (instance: { ZUID: string; name: string }, ...rest: Crumb[]): Crumb[] => [
  { label: "Instances", href: "/instances" },
  { label: instance.name, href: `/instances/${instance.ZUID}` },
  rest.length > 0 ? { label: "Tokens", href: `/instances/${instance.ZUID}/tokens` } : { label: "Tokens" },
  ...rest,
];
