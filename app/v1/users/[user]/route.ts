import { z } from "zod";
import { ChangePassword, changePassword } from "@/lib/auth/change-password";
import { NoBody, parse } from "@/lib/http/request";
import { route } from "@/lib/http/route";
import { deactivateUser, reactivateUser, updateUser } from "@/lib/users/commands";
import { getUser } from "@/lib/users/queries";
import { UpdateUser, UserId } from "@/lib/users/schema";

export const GET = route({ summary: "Get a person", params: UserId }, (ctx, { params }) => getUser(ctx, params.user));

const ACTIONS = ["updatePassword", "deactivate", "reactivate"] as const;
const Query = z.strictObject({ action: z.enum(ACTIONS).optional() });
const Body = UpdateUser.extend(ChangePassword.partial().shape);

export const PUT = route(
  {
    summary: "Rename, deactivate or reactivate a person, or change a password",
    params: UserId,
    query: Query,
    body: Body,
  },
  (ctx, { params: { user }, query: { action }, body }) => {
    if (action === undefined) return updateUser(ctx, user, parse(UpdateUser, body, "body"));
    if (action === "updatePassword") return changePassword(ctx, user, parse(ChangePassword, body, "body"));
    parse(NoBody, body, "body");
    return action === "deactivate" ? deactivateUser(ctx, user) : reactivateUser(ctx, user);
  },
);
