import { route } from "@/lib/http/route";
import { getRule } from "@/lib/roles/queries";
import { deleteRule } from "@/lib/roles/rules";
import { RuleId } from "@/lib/roles/schema";

export const GET = route({ summary: "Get the rule of a role for a resource", params: RuleId }, (ctx, { params }) =>
  getRule(ctx, params.role, params.resource),
);

export const DELETE = route({ summary: "Delete a rule of a custom role", params: RuleId }, (ctx, { params }) =>
  deleteRule(ctx, params.role, params.resource),
);
