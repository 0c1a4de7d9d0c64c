import { notFound } from "next/navigation";
import { cache } from "react";
import { pageCtxWith } from "@/lib/auth/page-ctx";
import { found } from "@/lib/http/page-query";
import { getKey } from "@/lib/keys/queries";
import { KeyId } from "@/lib/keys/schema";

/** The key of the address, read once for the page and its title; absent under another app than its own. */
export const readKey = cache(async (appId: string, key: string) => {
  const ctx = await pageCtxWith("keys:read");
  if (!KeyId.safeParse({ key }).success) notFound();
  const record = await found(getKey(ctx, key));
  if (record.appZUID !== appId) notFound();
  return record;
});
