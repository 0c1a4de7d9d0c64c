import { z } from "zod";
import { CredentialFields, type CredentialRecord } from "@/lib/credentials/schema";
import { idOf } from "@/lib/kernel/ids";

export const KeyId = z.object({ key: idOf("key") });

const time = z.iso.datetime({ offset: true, error: "must be a time such as 2027-01-31T12:00:00Z" });
const KeyFields = CredentialFields.extend({
  /** Before this time the key is refused; null: from now on. */
  notBefore: time.nullable(),
  /** From this time the key is refused; null: it never expires. */
  expiresAt: time.nullable(),
});

export const GenerateKey = KeyFields.partial().required({ name: true });
export type GenerateKey = z.infer<typeof GenerateKey>;

export const UpdateKey = KeyFields.extend({ enabled: z.boolean() }).partial();
export type UpdateKey = z.infer<typeof UpdateKey>;

/** An API key as every reader sees it: never its value. */
export interface KeyRecord extends CredentialRecord {
  appZUID: string;
  appName: string;
  /** The key's own switch: an enabled key of a disabled app has the status disabled. */
  enabled: boolean;
  notBefore: string | null;
  expiresAt: string | null;
}
