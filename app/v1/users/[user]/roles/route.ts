import { route } from "@/lib/http/route";
import { assignRole } from "@/lib/roles/assignments";
import { listRolesOfUser } from "@/lib/roles/queries";
import { NamesRole } from "@/lib/roles/schema";
import { UserId } from "@/lib/users/schema";

export const GET = route({ summary: "List the roles of a person", params: UserId }, (ctx, { params }) =>
  listRolesOfUser(ctx, params.user),
);

export const POST = route(
  { summary: "Give a person a role", params: UserId, body: NamesRole, status: 201, isIdempotent: true },
  (ctx, { params, body }) => assignRole(ctx, params.user, body),
);
