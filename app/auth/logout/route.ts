import { logOut } from "@/lib/auth/auth-api";
import { auth } from "@/lib/http/envelopes";
import { route } from "@/lib/http/route";

const definition = { summary: "End the presented session", slides: false, envelope: auth };

export const POST = route(definition, (ctx) => logOut(ctx));

export const GET = route({ ...definition, changes: true }, (ctx) => logOut(ctx));
