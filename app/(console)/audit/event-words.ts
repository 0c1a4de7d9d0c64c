import type { Tone } from "@/components/ui/status";
import type { EventRecord } from "@/lib/audit/schema";

export const OUTCOME_TONE: Record<EventRecord["outcome"], Tone> = { allowed: "ok", denied: "bad", failed: "warn" };

export const ACTOR_KIND: Record<EventRecord["actor"]["type"], string> = {
  user: "user",
  api_key: "API key",
  access_token: "access token",
  login_token: "login token",
  system: "system",
};

/** The kinds of targets and resources as they are called elsewhere in the console. */
export const kindOf = (type: string) => (type === "api_key" ? "API key" : type.replaceAll("_", " "));

/** The page of the target, where it has one. */
export function targetHref({ target, appZUID }: EventRecord): string | undefined {
  if (!target.ZUID) return undefined;
  if (target.type === "app") return `/admin/setup/apps/${target.ZUID}`;
  if (target.type === "api_key" && appZUID) return `/admin/setup/apps/${appZUID}/keys/${target.ZUID}`;
  return target.type === "instance" ? `/instances/${target.ZUID}` : undefined;
}

export const trailOf = (filter: Record<string, string>) => `/audit?${new URLSearchParams(filter)}`;
