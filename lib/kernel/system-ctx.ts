import "server-only";
import { databaseNow } from "./clock";
import type { Ctx, Origin, Standing } from "./ctx";

/** The context of the system itself, before anybody is known. It holds no permission at all. */
export function systemCtx(origin: Origin, organizationId: string): Ctx {
  const standing: Omit<Standing, "now"> = {
    principal: { kind: "system", id: null, name: "Latchkey" },
    organizationId,
    power: { kind: "none" },
  };
  return {
    ...standing,
    ...origin,
    now: new Date(),
    recheck: async (tx) => ({ ...standing, now: await databaseNow(tx) }),
  };
}
