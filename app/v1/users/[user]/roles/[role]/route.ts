import { route } from "@/lib/http/route";
import { moveRole, removeRole } from "@/lib/roles/assignments";
import { NamesRole, RoleId } from "@/lib/roles/schema";
import { UserId } from "@/lib/users/schema";

const params = UserId.extend(RoleId.shape);

export const PUT = route({ summary: "Change a role of a person", params, body: NamesRole }, (ctx, input) =>
  moveRole(ctx, input.params.user, input.params.role, input.body),
);

export const DELETE = route({ summary: "Take a role from a person", params }, (ctx, input) =>
  removeRole(ctx, input.params.user, input.params.role),
);
