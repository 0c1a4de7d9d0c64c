import { handler } from "@/lib/http/verification/handler";
import { introspect } from "@/lib/http/verification/introspect";
import { TokenForm } from "@/lib/verification/schema";

export const POST = handler(
  {
    summary: "What a token is and may do, in OAuth's words (RFC 7662)",
    body: TokenForm,
    isForm: true,
    security: ["apiKey", "basic"],
  },
  introspect,
);
