import { route } from "@/lib/http/route";
import { deleteRole, updateRole } from "@/lib/roles/commands";
import { getRole } from "@/lib/roles/queries";
import { DeleteRole, RoleId, Unmodified, UpdateRole } from "@/lib/roles/schema";

export const GET = route({ summary: "Get a role", params: RoleId }, (ctx, { params }) => getRole(ctx, params.role));

export const PUT = route(
  { summary: "Change a custom role", params: RoleId, query: Unmodified, body: UpdateRole },
  (ctx, { params, query, body }) => updateRole(ctx, params.role, body, query),
);

export const DELETE = route(
  { summary: "Delete a custom role; its holders move to the replacement", params: RoleId, query: DeleteRole },
  (ctx, { params, query }) => deleteRole(ctx, params.role, query),
);
