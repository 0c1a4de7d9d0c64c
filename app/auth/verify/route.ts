import { verifySession } from "@/lib/auth/auth-api";
import { auth } from "@/lib/http/envelopes";
import { route } from "@/lib/http/route";

export const GET = route({ summary: "Verify a session or access token", slides: false, envelope: auth }, (ctx) =>
  verifySession(ctx),
);
