export const TITLE = "Audit trail";
export const SUB = "Who did what, and what was refused. Nothing in it can be changed or removed.";
export const CRUMBS = [{ label: TITLE }];
