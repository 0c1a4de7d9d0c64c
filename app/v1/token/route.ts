import { route } from "@/lib/http/route";
import { revokePresentedKey } from "@/lib/keys/commands";
import { getPresentedCredential } from "@/lib/keys/queries";

export const GET = route({ summary: "What the presented credential is and may do" }, (ctx) =>
  getPresentedCredential(ctx),
);

export const DELETE = route({ summary: "Revoke the presented credential" }, (ctx) => revokePresentedKey(ctx));
