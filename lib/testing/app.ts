import "server-only";
import { registerApp } from "@/lib/apps/commands";
import type { KeyAccess } from "@/lib/apps/schema";
import { generateKey } from "@/lib/keys/commands";
import type { GenerateKey } from "@/lib/keys/schema";
import type { TestOrganization } from "./organization";

let made = 0;

/** A new app of the organization. */
export async function newApp({ owner }: TestOrganization, keyAccess: KeyAccess = { mode: "full" }): Promise<string> {
  return (await registerApp(owner, { name: `App ${++made}`, keyAccess })).ZUID;
}

/** A new key, of a new app unless one is named. */
export async function newKey(organization: TestOrganization, over: Partial<GenerateKey> & { appId?: string } = {}) {
  const { appId = await newApp(organization), ...input } = over;
  const { ZUID, key } = await generateKey(organization.owner, appId, { name: `Key ${++made}`, ...input });
  return { appId, keyId: ZUID, key };
}
