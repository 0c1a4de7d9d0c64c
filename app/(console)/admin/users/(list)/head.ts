/** What the page and its skeleton begin with alike. */
export const HEAD = {
  title: "People",
  sub: "Everybody of the organization and what they may do. Who leaves is deactivated: their sessions and logins end, what they issued stays.",
};
