import { route } from "@/lib/http/route";
import { deleteView, updateView } from "@/lib/views/commands";
import { UpdateView, ViewId } from "@/lib/views/schema";

export const PATCH = route(
  { summary: "Change a saved view", params: ViewId, body: UpdateView },
  (ctx, { params, body }) => updateView(ctx, params.view, body),
);

export const DELETE = route({ summary: "Delete a saved view", params: ViewId }, (ctx, { params }) =>
  deleteView(ctx, params.view),
);
