import { z } from "zod";
import { idOf } from "@/lib/kernel/ids";
import { listQuery } from "@/lib/kernel/list-query";
import { text } from "@/lib/kernel/text";

export const InstanceId = z.object({ instance: idOf("instance") });

const InstanceFields = z.strictObject({
  name: text(2, 80),
  domain: z
    .string()
    .trim()
    .toLowerCase()
    .max(253)
    .regex(/^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/, "must be a domain such as example.com")
    .nullable(),
});

export const CreateInstance = InstanceFields.partial({ domain: true });
export type CreateInstance = z.infer<typeof CreateInstance>;

export const UpdateInstance = InstanceFields.partial();
export type UpdateInstance = z.infer<typeof UpdateInstance>;

export const ListInstances = listQuery(["name", "createdAt"]);
export type ListInstances = z.infer<typeof ListInstances>;

/** The vendor's paging of centers: one-based pages of at most 100 items. */
export const ListCenters = z.object({
  page: z.coerce.number().int().min(1).max(1_000_000).default(1),
  size: z.coerce.number().int().min(1).default(10),
});
export type ListCenters = z.infer<typeof ListCenters>;

export interface InstanceRecord {
  ZUID: string;
  name: string;
  domain: string | null;
  createdByUserZUID: string | null;
  createdAt: string;
  updatedAt: string;
}
