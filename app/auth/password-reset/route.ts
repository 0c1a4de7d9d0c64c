import { resetPassword, ResetPassword } from "@/lib/auth/password-reset";
import { auth } from "@/lib/http/envelopes";
import { route } from "@/lib/http/route";

export const POST = route(
  {
    summary: "Choose a new password by the code of a mailed link",
    auth: "none",
    body: ResetPassword,
    acceptsForms: true,
    envelope: auth,
  },
  (origin, { body }) => resetPassword(origin, body),
);
