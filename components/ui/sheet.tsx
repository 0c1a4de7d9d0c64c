import { lateDialog } from "@/components/late";

export const Sheet = lateDialog(() => import("./sheet-panel").then((loaded) => loaded.SheetPanel));
