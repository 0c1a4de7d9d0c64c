import { z } from "zod";
import { FilterEvents } from "@/lib/audit/schema";
import { idOf } from "@/lib/kernel/ids";
import { text } from "@/lib/kernel/text";

export const ViewId = z.object({ view: idOf("view") });

/** Filters as the explorer's address has them, each once, such as `outcome=denied&time=7d`. */
const Query = z
  .string()
  .max(2000)
  .refine((query) => {
    const pairs = [...new URLSearchParams(query)];
    const filters = Object.fromEntries(pairs);
    return Object.keys(filters).length === pairs.length && FilterEvents.safeParse(filters).success;
  }, "must be filters of the trail");

export const SaveView = z.strictObject({ name: text(1, 80), query: Query, isShared: z.boolean().default(false) });
export type SaveView = z.infer<typeof SaveView>;

export const UpdateView = z.strictObject({ name: text(1, 80), query: Query, isShared: z.boolean() }).partial();
export type UpdateView = z.infer<typeof UpdateView>;

export const VIEWS_AT_MOST = 100;

export interface ViewRecord {
  ZUID: string;
  name: string;
  query: string;
  isShared: boolean;
  userZUID: string;
  userName: string;
  createdAt: string;
  updatedAt: string;
}
