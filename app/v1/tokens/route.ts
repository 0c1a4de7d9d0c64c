import { grantByPassword } from "@/lib/grants/commands";
import { refreshGrant } from "@/lib/grants/refresh";
import { TokenGrant } from "@/lib/grants/schema";
import { loginTokens } from "@/lib/http/envelopes";
import { either, route } from "@/lib/http/route";
import { issueToken } from "@/lib/tokens/commands";
import { IssueToken } from "@/lib/tokens/schema";

const issue = route(
  { summary: "Issue an access token", body: IssueToken, status: 201, isIdempotent: true },
  (ctx, { body }) => issueToken(ctx, body),
);

const grant = route(
  {
    summary: "Login tokens for a password, or a new pair for a refresh token",
    auth: "none",
    body: TokenGrant,
    envelope: loginTokens,
  },
  (origin, { body }) => (body.grant_type === "password" ? grantByPassword(origin, body) : refreshGrant(origin, body)),
);

/** Two vendors share this address: a body with a `grant_type` is a login. */
export const POST = either("grant_type", grant, issue);
