import { route } from "@/lib/http/route";
import { deleteResource, updateResource } from "@/lib/resources/commands";
import { getResource } from "@/lib/resources/queries";
import { ResourceName, UpdateResource } from "@/lib/resources/schema";

export const GET = route({ summary: "Get a resource", params: ResourceName }, (ctx, { params }) =>
  getResource(ctx, params.name),
);

export const PATCH = route(
  { summary: "Describe a resource, or say what it opens", params: ResourceName, body: UpdateResource },
  (ctx, { params, body }) => updateResource(ctx, params.name, body),
);

export const DELETE = route({ summary: "Delete a registered resource", params: ResourceName }, (ctx, { params }) =>
  deleteResource(ctx, params.name),
);
