/** What the page and its skeleton begin with alike. */
export const HEAD = {
  title: "API keys of all apps",
  sub: "Across the organization, the newest first. A key is generated, rotated and revoked at its app.",
  crumbs: [{ label: "Overview", href: "/" }, { label: "API keys" }],
};
