import { z } from "zod";
import { idOf } from "@/lib/kernel/ids";
import { parseCidr } from "@/lib/kernel/networks";

const BATCH_AT_MOST = 100;

const PermissionName = z
  .string()
  .regex(/^[a-z][a-z0-9_.-]{0,79}:[a-z]{1,20}$/, "must be a permission such as content:publish");
export const PermissionNames = z.array(PermissionName).min(1, "must name a permission").max(50, "names 50 at most");

/** Read in its one spelling, for it is counted by it. A zone means something on one machine only, and may be of any length. */
export const Address = z
  .string()
  .refine((text) => /^[\da-f.:]{2,45}$/i.test(text) && parseCidr(text) !== undefined, "must be an IP address")
  .overwrite((text) => parseCidr(text)?.[0].toString() ?? text);

/** The form of RFC 7662, 2.1 and RFC 7009, 2.1. What it does not know is ignored. */
export const TokenForm = z.object({
  token: z.string(),
  token_type_hint: z.string().optional(),
  /** The address the token was presented from. */
  ip: Address.optional(),
});
export type TokenForm = z.infer<typeof TokenForm>;

/** How a proxy says what a request needs, as the API reference tells it. */
export const ForwardHeaders = z.object({
  "X-Required-Permission": z.string().optional().describe("All of these, with commas or spaces between them."),
  "X-Instance": z.string().optional().describe("The id of the instance that the request is about."),
  "X-Organization": z.string().optional().describe("By its id or account name; by default the deployment's own."),
});

/** A question about a presented value. */
export const Verify = z.strictObject({
  /** As it was presented, whatever it is: what is no credential is answered as one that is malformed. */
  credential: z.string(),
  permission: z
    .union(
      [PermissionName, z.strictObject({ all: PermissionNames }), z.strictObject({ any: PermissionNames })],
      'must be a permission such as content:read, or several as {"all": [...]} or {"any": [...]}',
    )
    .optional(),
  instance: idOf("instance").optional(),
  object: z.string().min(1, "must not be empty").max(200, "takes at most 200 characters").optional(),
  /** The address it was presented from. */
  ip: Address.optional(),
});
export type Verify = z.infer<typeof Verify>;

export const VerifyOneOrMany = z.union([
  Verify,
  z.array(Verify).min(1, "must hold a question").max(BATCH_AT_MOST, `holds ${BATCH_AT_MOST} questions at most`),
]);
