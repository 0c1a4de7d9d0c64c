import { handler } from "@/lib/http/verification/handler";
import { verify } from "@/lib/http/verification/verify";
import { VerifyOneOrMany } from "@/lib/verification/schema";

export const POST = handler(
  { summary: "Whether presented values are accepted, and for what", body: VerifyOneOrMany, security: ["apiKey"] },
  verify,
);
