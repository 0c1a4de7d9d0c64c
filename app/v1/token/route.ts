import { getPresentedCredential } from "@/lib/credentials/queries";
import { revokePresentedGrant } from "@/lib/grants/commands";
import { route } from "@/lib/http/route";
import { revokePresentedCredential } from "@/lib/credentials/commands";

export const GET = route({ summary: "What the presented credential is and may do" }, (ctx) =>
  getPresentedCredential(ctx),
);

export const DELETE = route({ summary: "Revoke the presented credential" }, (ctx) =>
  ctx.principal.kind === "login_token" ? revokePresentedGrant(ctx) : revokePresentedCredential(ctx),
);
