import { z } from "zod";

/** The query of a list: search, sort by one of the keys, direction, limit 1–100 and cursor. */
export function listQuery<const S extends readonly [string, ...string[]]>(sorts: S) {
  return z.strictObject({
    q: z
      .string()
      .trim()
      .max(200)
      .refine((value) => !value.includes("\0") && value.isWellFormed(), "must not contain control characters")
      .optional(),
    sort: z.enum(sorts).optional(),
    dir: z.enum(["asc", "desc"]).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(25),
    cursor: z.string().max(1000).optional(),
  });
}
