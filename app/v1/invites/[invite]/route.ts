import { NoBody } from "@/lib/http/request";
import { route } from "@/lib/http/route";
import { acceptInvite, declineInvite } from "@/lib/invites/acceptance";
import { cancelInvite, resendInvite } from "@/lib/invites/commands";
import { ChangeInvite, InviteId } from "@/lib/invites/schema";

const ACTS = { accept: acceptInvite, decline: declineInvite, cancel: cancelInvite, resend: resendInvite };

export const PUT = route(
  {
    summary: "Accept or decline one's own invitation; cancel one or mail its link anew",
    params: InviteId,
    query: ChangeInvite,
    body: NoBody,
  },
  (ctx, { params, query }) => ACTS[query.action](ctx, params.invite),
);

export const DELETE = route({ summary: "Cancel an invitation", params: InviteId }, (ctx, { params }) =>
  cancelInvite(ctx, params.invite),
);
