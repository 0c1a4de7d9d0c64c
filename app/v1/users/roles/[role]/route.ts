import { route } from "@/lib/http/route";
import { moveEverybody } from "@/lib/roles/assignments";
import { NamesRole, RoleId } from "@/lib/roles/schema";

export const PUT = route(
  { summary: "Move everybody who holds a role to another one", params: RoleId, body: NamesRole },
  (ctx, { params, body }) => moveEverybody(ctx, params.role, body),
);
