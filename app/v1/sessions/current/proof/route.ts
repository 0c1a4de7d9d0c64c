import { GiveProof, proveIdentity } from "@/lib/auth/proof";
import { route } from "@/lib/http/route";

export const POST = route(
  { summary: "Give the password again before a sensitive act", body: GiveProof },
  (ctx, { body }) => proveIdentity(ctx, body),
);
