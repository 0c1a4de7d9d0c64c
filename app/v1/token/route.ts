import { getPresentedCredential } from "@/lib/credentials/queries";
import { route } from "@/lib/http/route";
import { revokePresentedCredential } from "@/lib/credentials/commands";

export const GET = route({ summary: "What the presented credential is and may do" }, (ctx) =>
  getPresentedCredential(ctx),
);

export const DELETE = route({ summary: "Revoke the presented credential" }, (ctx) => revokePresentedCredential(ctx));
