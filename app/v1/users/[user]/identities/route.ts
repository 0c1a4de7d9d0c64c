import { intendLink } from "@/lib/auth/link-intent";
import { NoBody } from "@/lib/http/request";
import { route } from "@/lib/http/route";
import { unlinkIdentities } from "@/lib/identities/commands";
import { listIdentities } from "@/lib/identities/queries";
import { UserId } from "@/lib/users/schema";

const params = UserId;

export const GET = route({ summary: "List a person's identities for single sign-on", params }, (ctx, input) =>
  listIdentities(ctx, input.params.user),
);

export const PUT = route(
  { summary: "Link the next single sign-on of this browser to oneself", params, body: NoBody },
  (ctx, input) => intendLink(ctx, input.params.user),
);

export const DELETE = route({ summary: "Unlink one's own single sign-on, or somebody else's", params }, (ctx, input) =>
  unlinkIdentities(ctx, input.params.user),
);
