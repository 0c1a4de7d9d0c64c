import { route } from "@/lib/http/route";
import { createRole } from "@/lib/roles/commands";
import { listMyRoles } from "@/lib/roles/queries";
import { CreateRole } from "@/lib/roles/schema";

export const GET = route({ summary: "List the roles you hold" }, (ctx) => listMyRoles(ctx));

export const POST = route(
  { summary: "Create a custom role", body: CreateRole, status: 201, isIdempotent: true },
  (ctx, { body }) => createRole(ctx, body),
);
