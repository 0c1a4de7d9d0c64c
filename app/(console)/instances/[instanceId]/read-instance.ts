import { notFound } from "next/navigation";
import { cache } from "react";
import { pageCtx } from "@/lib/auth/page-ctx";
import { found } from "@/lib/http/page-query";
import { getInstance } from "@/lib/instances/queries";
import { InstanceId } from "@/lib/instances/schema";

/** The instance of this address and who asks, read once per request; what is no id or not theirs is absent. */
export const readInstance = cache(async (id: string) => {
  const ctx = await pageCtx();
  if (!InstanceId.shape.instance.safeParse(id).success) notFound();
  return { ctx, instance: await found(getInstance(ctx, id)) };
});
