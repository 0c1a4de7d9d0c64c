import { notFound } from "next/navigation";
import { cache } from "react";
import { getApp } from "@/lib/apps/queries";
import { AppId } from "@/lib/apps/schema";
import { pageCtxWith } from "@/lib/auth/page-ctx";
import { found } from "@/lib/http/page-query";

/** The app of the address, read once for the page and its title. */
export const readApp = cache(async (app: string) => {
  const ctx = await pageCtxWith("apps:read");
  if (!AppId.safeParse({ app }).success) notFound();
  return found(getApp(ctx, app));
});
