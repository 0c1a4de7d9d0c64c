import "server-only";
import { db } from "@/lib/kernel/db";

/** Whether the deployment has its organization: from then on there is no set-up any more. */
export async function isSetUp(): Promise<boolean> {
  return (await db().deployment.count()) > 0;
}
