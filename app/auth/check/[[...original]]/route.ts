import { checkForward } from "@/lib/http/verification/forward";
import { handler } from "@/lib/http/verification/handler";
import { ForwardHeaders } from "@/lib/verification/schema";

/** A proxy asks with the method, and some with the address, of the request that it holds. */
const check = handler(
  { summary: "Whether a request that a proxy holds may pass", headers: ForwardHeaders, security: ["apiKey", "bearer"] },
  checkForward,
);

export { check as GET, check as POST, check as PUT, check as PATCH, check as DELETE, check as OPTIONS };
