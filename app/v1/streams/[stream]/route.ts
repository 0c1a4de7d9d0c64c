import { NoBody } from "@/lib/http/request";
import { route } from "@/lib/http/route";
import { deleteStream, updateStream } from "@/lib/streams/commands";
import { getStream } from "@/lib/streams/queries";
import { StreamId, UpdateStream } from "@/lib/streams/schema";

export const GET = route({ summary: "Read a stream", params: StreamId }, (ctx, { params }) =>
  getStream(ctx, params.stream),
);

export const PATCH = route(
  { summary: "Change, pause or resume a stream", params: StreamId, body: UpdateStream },
  (ctx, { params, body }) => updateStream(ctx, params.stream, body),
);

export const DELETE = route({ summary: "Delete a stream", params: StreamId, body: NoBody }, (ctx, { params }) =>
  deleteStream(ctx, params.stream),
);
