import { extendSession } from "@/lib/auth/current-session";
import { NoBody } from "@/lib/http/request";
import { route } from "@/lib/http/route";

export const POST = route({ summary: "Stay signed in", body: NoBody }, (ctx) => extendSession(ctx));
