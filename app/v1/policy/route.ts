import { route } from "@/lib/http/route";
import { updatePolicy } from "@/lib/policy/commands";
import { getPolicy } from "@/lib/policy/queries";
import { UpdatePolicy } from "@/lib/policy/schema";

export const GET = route({ summary: "Get the policy of the organization" }, (ctx) => getPolicy(ctx));

export const PATCH = route({ summary: "Change the policy of the organization", body: UpdatePolicy }, (ctx, { body }) =>
  updatePolicy(ctx, body),
);
