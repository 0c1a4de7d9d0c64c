import { route } from "@/lib/http/route";
import { listRules } from "@/lib/roles/queries";
import { addRule, replaceRules } from "@/lib/roles/rules";
import { ReplaceRules, RoleId, RuleInput, Unmodified } from "@/lib/roles/schema";

export const GET = route({ summary: "List the rules of a role", params: RoleId }, (ctx, { params }) =>
  listRules(ctx, params.role),
);

export const POST = route(
  { summary: "Add a rule to a custom role", params: RoleId, body: RuleInput, status: 201, isIdempotent: true },
  (ctx, { params, body }) => addRule(ctx, params.role, body),
);

export const PUT = route(
  { summary: "Replace the rules of a custom role", params: RoleId, query: Unmodified, body: ReplaceRules },
  (ctx, { params, query, body }) => replaceRules(ctx, params.role, body, query),
);
