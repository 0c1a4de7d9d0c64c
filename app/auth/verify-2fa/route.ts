import { readSecondFactor, VerifySecondFactor, verifySecondFactor } from "@/lib/auth/auth-api";
import { auth } from "@/lib/http/envelopes";
import { route } from "@/lib/http/route";

export const POST = route(
  {
    summary: "Give a pending login its second factor",
    auth: "pending",
    body: VerifySecondFactor,
    acceptsForms: true,
    envelope: auth,
  },
  (origin, { body }) => verifySecondFactor(origin, body),
);

export const GET = route(
  { summary: "Whether a pending login has got its second factor", auth: "pending", envelope: auth, mayBePending: true },
  (origin) => readSecondFactor(origin),
);
