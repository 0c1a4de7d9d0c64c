import { z } from "zod";
import { isInReach, plain, time } from "./schema";

const day = z
  .union([z.iso.date(), time], "must be a day such as 2026-11-21, or a time such as 2026-11-21T00:00:00Z")
  .refine(isInReach, "is before or after every event");

const VendorFilters = z.object({
  action: z.coerce.number().int().min(1).max(5).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  order: z.literal("created").optional(),
  dir: z.enum(["asc", "desc"]).default("desc"),
  start_date: day.optional(),
  end_date: day.optional(),
  affectedZUID: plain.optional(),
  userZUID: plain.optional(),
});

/** The vendor's filters: unknown keys are ignored. Its clients send `audits??limit=5`, so a key may carry a `?`. */
export const ListVendorAudits = z.preprocess(
  (query) => Object.fromEntries(Object.entries(query ?? {}).map(([key, value]) => [key.replace(/^\?/, ""), value])),
  VendorFilters,
);
export type ListVendorAudits = z.infer<typeof VendorFilters>;
