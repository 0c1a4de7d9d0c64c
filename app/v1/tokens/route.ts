import { route } from "@/lib/http/route";
import { issueToken } from "@/lib/tokens/commands";
import { IssueToken } from "@/lib/tokens/schema";

export const POST = route(
  { summary: "Issue an access token", body: IssueToken, status: 201, isIdempotent: true },
  (ctx, { body }) => issueToken(ctx, body),
);
