import { z } from "zod";
import { CONSOLE_RESOURCES, CONTENT_RESOURCES, CONTENT_VERBS } from "@/lib/kernel/system-roles";
import { prose } from "@/lib/kernel/text";

/** It begins with a letter, so that no name is taken for an id. */
const Name = z
  .string()
  .max(40)
  .regex(
    /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
    "must be lower-case letters, digits and single hyphens, and begin with a letter",
  )
  .min(2);

export const ResourceName = z.object({ name: Name });

const LATCHKEYS: readonly string[] = Object.keys(CONSOLE_RESOURCES);
const BUILT_IN: readonly string[] = CONTENT_RESOURCES;

const ENDPOINT_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;
const ENDPOINTS_AT_MOST = 200;

const path = z
  .string()
  .max(300)
  .regex(/^\/[\x21\x22\x24-\x3e\x40-\x7e]*$/, "must begin with / and hold no spaces, query or fragment");

/** One call of a protected API and the verb it takes. */
export const Endpoint = z.strictObject({
  method: z.enum(ENDPOINT_METHODS),
  path,
  verb: z.enum(CONTENT_VERBS),
});
export type Endpoint = z.infer<typeof Endpoint>;

const Endpoints = z
  .array(Endpoint)
  .max(ENDPOINTS_AT_MOST, `a resource takes at most ${ENDPOINTS_AT_MOST} endpoints`)
  .refine(
    (endpoints) => new Set(endpoints.map((each) => `${each.method} ${each.path}`)).size === endpoints.length,
    "names an endpoint twice",
  );

const ResourceFields = z.strictObject({ description: prose(500), endpoints: Endpoints });

export const RegisterResource = ResourceFields.partial().extend({
  name: Name.refine((name) => !LATCHKEYS.includes(name) && !BUILT_IN.includes(name), "is a built-in resource"),
});
export type RegisterResource = z.infer<typeof RegisterResource>;

export const UpdateResource = ResourceFields.partial();
export type UpdateResource = z.infer<typeof UpdateResource>;

/** Every caller's standing carries the names, so their number is bounded. */
export const RESOURCES_AT_MOST = 100;

/** Whose it is: registered here, known to every organization from the start, or of Latchkey's own console. */
export type ResourceKind = "registered" | "built_in" | "latchkey";

export const kindOf = (name: string): ResourceKind =>
  LATCHKEYS.includes(name) ? "latchkey" : BUILT_IN.includes(name) ? "built_in" : "registered";

/** A resource that roles and apps can name. Who and when is null for one that nobody has registered or described. */
export interface ResourceRecord {
  name: string;
  kind: ResourceKind;
  description: string;
  /** The verbs that mean something on it. */
  verbs: string[];
  /** What each verb opens, as far as it was said. */
  endpoints: Endpoint[];
  createdByUserZUID: string | null;
  createdByName: string | null;
  createdAt: string | null;
  updatedAt: string | null;
}
