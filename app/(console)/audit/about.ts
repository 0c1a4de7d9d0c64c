export const TITLE = "Audit trail";
export const SUB =
  "Every change, every sign-in, what people and live credentials were refused here, and what your APIs report. Nothing in it can be changed or removed.";
export const CRUMBS = [{ label: TITLE }];
