import { z } from "zod";

/** What is searched for. */
export const SearchText = z
  .string()
  .trim()
  .max(200)
  .refine((value) => !value.includes("\0") && value.isWellFormed(), "must not contain control characters");

/** The vendor's paging, one-based: so many at once that most lists come whole. Keys it does not know are ignored. */
export const VendorPage = z.object({
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  limit: z.coerce.number().int().min(1).max(1000).default(1000),
});
export type VendorPage = z.infer<typeof VendorPage>;

/** The query of a list: search, sort by one of the keys, direction, limit 1–100 and cursor. */
export function listQuery<const S extends readonly [string, ...string[]]>(sorts: S) {
  return z.strictObject({
    q: SearchText.optional(),
    sort: z.enum(sorts).optional(),
    dir: z.enum(["asc", "desc"]).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(25),
    cursor: z.string().max(1000).optional(),
  });
}
