import { route } from "@/lib/http/route";
import { sendInvite } from "@/lib/invites/commands";
import { listInvites } from "@/lib/invites/queries";
import { ListInvites, SendInvite } from "@/lib/invites/schema";

export const GET = route({ summary: "List invitations", query: ListInvites }, (ctx, { query }) =>
  listInvites(ctx, query),
);

export const POST = route(
  { summary: "Invite somebody by mail to hold a role", body: SendInvite, status: 201, isIdempotent: true },
  (ctx, { body }) => sendInvite(ctx, body),
);
