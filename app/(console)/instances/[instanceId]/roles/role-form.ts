import { late } from "@/components/late";

export const RoleForm = late(() => import("./role-fields").then((loaded) => loaded.RoleFields));
