import { route } from "@/lib/http/route";
import { createInstance } from "@/lib/instances/commands";
import { listInstances } from "@/lib/instances/queries";
import { CreateInstance, ListInstances } from "@/lib/instances/schema";

export const GET = route({ summary: "List instances", query: ListInstances }, (ctx, { query }) =>
  listInstances(ctx, query),
);

export const POST = route(
  { summary: "Create an instance", body: CreateInstance, status: 201, isIdempotent: true },
  (ctx, { body }) => createInstance(ctx, body),
);
