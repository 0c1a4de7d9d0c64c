import { getCurrentSession } from "@/lib/auth/current-session";
import { route } from "@/lib/http/route";

export const GET = route({ summary: "When the session ends", slides: false }, (ctx) => getCurrentSession(ctx));
