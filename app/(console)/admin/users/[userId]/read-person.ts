import { notFound } from "next/navigation";
import { cache } from "react";
import { pageCtxWith } from "@/lib/auth/page-ctx";
import { found } from "@/lib/http/page-query";
import { getPerson } from "@/lib/people/queries";
import { UserId } from "@/lib/users/schema";

/** The person of the address, read once for the page and its title; what is no id or not ours is absent. */
export const readPerson = cache(async (user: string) => {
  const ctx = await pageCtxWith("users:read");
  if (!UserId.safeParse({ user }).success) notFound();
  const person = await found(getPerson(ctx, user));
  return { ctx, person, name: `${person.firstName} ${person.lastName}`.trim() };
});
