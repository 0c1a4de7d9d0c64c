import { LogIn, logIn } from "@/lib/auth/auth-api";
import { auth } from "@/lib/http/envelopes";
import { route } from "@/lib/http/route";

export const POST = route(
  {
    summary: "Log in for a bearer session",
    auth: "none",
    body: LogIn,
    acceptsForms: true,
    envelope: auth,
    mayBePending: true,
  },
  (origin, { body }) => logIn(origin, body),
);
