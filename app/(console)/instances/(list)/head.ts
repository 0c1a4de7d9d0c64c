/** What the page and its skeleton begin with alike. */
export const HEAD = {
  title: "Instances",
  sub: "The sites, brands and centers of the organization. Roles and access tokens belong to one of them; API keys work on all.",
  crumbs: [{ label: "Instances" }],
};
