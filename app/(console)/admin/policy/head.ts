/** What the page and its skeleton begin with alike. */
export const HEAD = {
  title: "Policy",
  sub: "The rules of the organization. A change applies from the next request on, and stands on the trail.",
  crumbs: [{ label: "Admin" }, { label: "Policy" }],
};
