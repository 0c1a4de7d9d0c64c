/** What the page and its skeleton begin with alike. */
export const HEAD = {
  title: "Resources",
  sub: "What roles and apps can name, and the endpoints each opens. The review of a token lists them.",
  crumbs: [{ label: "Admin" }, { label: "Setup" }, { label: "Resources" }],
};
