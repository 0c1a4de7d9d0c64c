import { route } from "@/lib/http/route";
import { createStream } from "@/lib/streams/commands";
import { listStreams } from "@/lib/streams/queries";
import { CreateStream } from "@/lib/streams/schema";

export const GET = route({ summary: "List where the trail is sent" }, (ctx) => listStreams(ctx));

export const POST = route(
  { summary: "Send the trail to a webhook or a syslog server", body: CreateStream, status: 201, isIdempotent: true },
  (ctx, { body }) => createStream(ctx, body),
);
