import { deleteApp, updateApp } from "@/lib/apps/commands";
import { getApp } from "@/lib/apps/queries";
import { AppId, UpdateApp } from "@/lib/apps/schema";
import { route } from "@/lib/http/route";

export const GET = route({ summary: "Get an app", params: AppId }, (ctx, { params }) => getApp(ctx, params.app));

export const PATCH = route(
  { summary: "Change, disable or enable an app", params: AppId, body: UpdateApp },
  (ctx, { params, body }) => updateApp(ctx, params.app, body),
);

export const DELETE = route({ summary: "Delete an app and revoke its keys", params: AppId }, (ctx, { params }) =>
  deleteApp(ctx, params.app),
);
