import { requestPasswordReset, RequestReset } from "@/lib/auth/password-reset";
import { auth } from "@/lib/http/envelopes";
import { route } from "@/lib/http/route";

export const POST = route(
  {
    summary: "Mail a link to choose a new password",
    auth: "none",
    body: RequestReset,
    acceptsForms: true,
    envelope: auth,
  },
  (origin, { body }) => requestPasswordReset(origin, body),
);
