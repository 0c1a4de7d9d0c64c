import { late } from "@/components/late";

export const BulkRevoke = late(() => import("./bulk-revoke-bar").then((loaded) => loaded.BulkRevokeBar));
