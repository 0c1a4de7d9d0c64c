import { NoBody } from "@/lib/http/request";
import { route } from "@/lib/http/route";
import { rotateStreamSecret } from "@/lib/streams/commands";
import { StreamId } from "@/lib/streams/schema";

export const POST = route(
  {
    summary: "Replace the secret that signs deliveries",
    params: StreamId,
    body: NoBody,
    status: 201,
    isIdempotent: true,
  },
  (ctx, { params }) => rotateStreamSecret(ctx, params.stream),
);
