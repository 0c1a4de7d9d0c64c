/** What the page and its skeleton begin with alike. */
export const HEAD = {
  title: "Credentials",
  sub: "The API keys of all apps and the access tokens of all instances that you may see.",
  crumbs: [{ label: "Overview", href: "/" }, { label: "Credentials" }],
};
