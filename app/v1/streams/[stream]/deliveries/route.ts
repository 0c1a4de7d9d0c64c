import { NoBody } from "@/lib/http/request";
import { route } from "@/lib/http/route";
import { listDeliveries } from "@/lib/streams/queries";
import { StreamId } from "@/lib/streams/schema";
import { testStream } from "@/lib/streams/deliveries";

export const GET = route({ summary: "List the last deliveries of a stream", params: StreamId }, (ctx, { params }) =>
  listDeliveries(ctx, params.stream),
);

export const POST = route(
  { summary: "Send a test delivery", params: StreamId, body: NoBody, status: 201 },
  (ctx, { params }) => testStream(ctx, params.stream),
);
