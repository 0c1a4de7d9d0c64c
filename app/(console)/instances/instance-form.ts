import { late } from "@/components/late";

export const InstanceForm = late(() => import("./instance-fields").then((loaded) => loaded.InstanceFields));
