import { parse } from "@/lib/http/request";
import { route } from "@/lib/http/route";
import { declineByLink, joinByLink } from "@/lib/invites/acceptance";
import { AnswerByLink, JoinByLink, LinkHolder } from "@/lib/invites/schema";

const Body = LinkHolder.extend(JoinByLink.omit({ code: true }).partial().shape);

export const PUT = route(
  {
    summary: "Accept an invitation with a name and password, or decline it, by the code of its link",
    auth: "none",
    query: AnswerByLink,
    body: Body,
  },
  (origin, { query: { action }, body }) =>
    action === "accept"
      ? joinByLink(origin, parse(JoinByLink, body, "body"))
      : declineByLink(origin, parse(LinkHolder, body, "body")),
);
