import "server-only";
import { issueToken } from "@/lib/tokens/commands";
import type { IssueToken } from "@/lib/tokens/schema";
import type { TestOrganization } from "./organization";
import { baseRole } from "./roles";

let made = 0;

/** A new token of the organization's one instance, with the Publisher's role unless another is named. */
export async function newToken(organization: TestOrganization, over: Partial<IssueToken> & { role?: string } = {}) {
  const { role = "Publisher", ...input } = over;
  const roleZUID = await baseRole(organization, role, organization.instanceId);
  const { ZUID, token } = await issueToken(organization.owner, { name: `Token ${++made}`, roleZUID, ...input });
  return { tokenId: ZUID, token };
}
