import { CRUMBS as TRAIL } from "@/app/(console)/audit/about";

export const HEAD = {
  title: "Integrity",
  sub: "Each event is a leaf of a tree whose root is signed every second. Whoever changes, removes or inserts an event later changes the root, and what was signed before tells.",
  crumbs: [{ ...TRAIL[0], label: TRAIL[0]?.label ?? "", href: "/audit" }, { label: "Integrity" }],
};
