import { registerApp } from "@/lib/apps/commands";
import { listApps } from "@/lib/apps/queries";
import { ListApps, RegisterApp } from "@/lib/apps/schema";
import { route } from "@/lib/http/route";

export const GET = route({ summary: "List apps", query: ListApps }, (ctx, { query }) => listApps(ctx, query));

export const POST = route(
  { summary: "Register an app", body: RegisterApp, status: 201, isIdempotent: true },
  (ctx, { body }) => registerApp(ctx, body),
);
