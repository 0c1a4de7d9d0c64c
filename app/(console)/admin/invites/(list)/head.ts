/** What the page and its skeleton begin with alike. */
export const HEAD = {
  title: "Invitations",
  sub: "Whom the organization has asked to join, with which role. A link works for seven days, once, and only while its sender may give the role.",
  crumbs: [{ label: "Admin" }, { label: "Invitations" }],
};
