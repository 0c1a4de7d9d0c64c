import type { Ctx } from "./ctx";
import { mutate } from "./mutate";

// Never run: each marked line must fail to compile, and the compiler complains about one that does not.
export async function cannotCompile(ctx: Ctx) {
  const target = { id: "80-1-a", name: "Billing" };
  const act = { authority: "apps:update", action: "app.updated" } as const;

  await mutate(ctx, act, async () => ({ result: {}, audit: { action: "app.updated", target, after: { name: "x" } } }));

  // @ts-expect-error A change without an audit entry.
  await mutate(ctx, act, async () => ({ result: {} }));

  // @ts-expect-error A change with no events at all.
  await mutate(ctx, act, async () => ({ result: {}, audit: [] }));

  // @ts-expect-error A misspelt permission.
  await mutate(ctx, { ...act, authority: "app:update" }, async () => ({ result: {}, audit: { ...act, target } }));

  // @ts-expect-error A verb the resource does not know.
  await mutate(ctx, { ...act, authority: "audit:delete" }, async () => ({ result: {}, audit: { ...act, target } }));

  // @ts-expect-error A misspelt action of the act.
  await mutate(ctx, { ...act, action: "app.changed" }, async () => ({ result: {}, audit: { ...act, target } }));

  // @ts-expect-error A misspelt action of the event.
  await mutate(ctx, act, async () => ({ result: {}, audit: { action: "app.changed", target } }));

  // @ts-expect-error An event of another action than the act's.
  await mutate(ctx, act, async () => ({ result: {}, audit: { action: "app.deleted", target } }));

  // @ts-expect-error An event without its target.
  await mutate(ctx, act, async () => ({ result: {}, audit: { action: "app.updated" } }));

  const digest = { secretDigest: "x" };
  // @ts-expect-error A field the action does not list.
  await mutate(ctx, act, async () => ({ result: {}, audit: { action: "app.updated", target, after: { ...digest } } }));
}
