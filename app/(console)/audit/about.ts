export const TITLE = "Audit trail";
export const SUB =
  "Every change, every sign-in, and what people and live credentials were refused. Nothing in it can be changed or removed.";
export const CRUMBS = [{ label: TITLE }];
