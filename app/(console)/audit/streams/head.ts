/** What the page and its skeleton begin with alike. */
export const HEAD = {
  title: "Streams",
  sub: "Where the trail is sent as it grows: each event in its order, and again until it is taken.",
  crumbs: [{ label: "Audit trail", href: "/audit" }, { label: "Streams" }],
};
