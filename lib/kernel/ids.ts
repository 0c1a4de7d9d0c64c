import { z } from "zod";

/** Public ids are `<prefix>-<hex milliseconds>-<random>`. They sort by time within a prefix and are never secrets. */
export const ID_PREFIX = {
  user: "5",
  instance: "8",
  event: "15",
  role: "30",
  rule: "32",
  token: "55",
  key: "56",
  grant: "57",
  session: "58",
  challenge: "59",
  organization: "60",
  invite: "70",
  view: "76",
  app: "80",
  stream: "85",
} as const;

export type IdKind = keyof typeof ID_PREFIX;

/** Any id of the kind. The random part stays loose: ids made elsewhere use other alphabets. */
export const formOf = (kind: IdKind) => new RegExp(`^${ID_PREFIX[kind]}-[0-9a-f]{6,12}-[0-9a-z]{1,20}$`);

/** A role named in a body. A system role's id looks much the same, and is none of these. */
export const NamedRole = z
  .string()
  .regex(formOf("role"), "must be an id that starts with 30-, as GET /v1/instances/{id}/roles lists them");

/** Accepts any id of the kind. */
export const idOf = (kind: IdKind) =>
  z.string().regex(formOf(kind), `must be an id that starts with ${ID_PREFIX[kind]}-`);
