import type { Tone } from "@/components/ui/status";
import type { EventRecord } from "@/lib/audit/schema";
import { isReported } from "@/lib/kernel/actions";

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

/** The page of the target, where the event knows its whole address. */
export function targetHref({ target: { type, ZUID }, appZUID, instanceZUID }: EventRecord): string | undefined {
  if (!ZUID) return undefined;
  if (type === "app") return `/admin/setup/apps/${ZUID}`;
  if (type === "instance") return `/instances/${ZUID}`;
  if (type === "user") return `/admin/users/${ZUID}`;
  if (type === "stream") return `/audit/streams?stream=${ZUID}`;
  if (type === "api_key" && appZUID) return `/admin/setup/apps/${appZUID}/keys/${ZUID}`;
  if (type === "access_token" && instanceZUID) return `/instances/${instanceZUID}/tokens/${ZUID}`;
  return type === "role" && instanceZUID ? `/instances/${instanceZUID}/roles/${ZUID}` : undefined;
}

/** The page of the actor, where it has one. What a token was refused may be on another instance than its own. */
export function actorHref({ actor: { type, ZUID }, action, outcome, ...place }: EventRecord): string | undefined {
  if (!ZUID) return undefined;
  if (type === "user") return `/admin/users/${ZUID}`;
  if (type === "api_key" && place.appZUID) return `/admin/setup/apps/${place.appZUID}/keys/${ZUID}`;
  const isAtHome = outcome === "allowed" || isReported(action);
  return type === "access_token" && isAtHome && place.instanceZUID
    ? `/instances/${place.instanceZUID}/tokens/${ZUID}`
    : undefined;
}

/** The middle of an id is when it was made, in hexadecimal milliseconds. */
export const storedAt = ({ ZUID }: EventRecord) => new Date(parseInt(ZUID.split("-")[1] as string, 16)).toISOString();

export const trailOf = (filter: Record<string, string>) => `/audit?${new URLSearchParams(filter)}`;
