import { route } from "@/lib/http/route";
import { registerResource } from "@/lib/resources/commands";
import { listResources } from "@/lib/resources/queries";
import { RegisterResource } from "@/lib/resources/schema";

export const GET = route({ summary: "List the resources that roles and apps can name" }, (ctx) => listResources(ctx));

export const POST = route(
  { summary: "Register a resource", body: RegisterResource, status: 201, isIdempotent: true },
  (ctx, { body }) => registerResource(ctx, body),
);
