import { formatDateTime } from "@/lib/format";
import type { CredentialRecord } from "@/lib/credentials/schema";
import type { Credential } from "./credential";

export type Reach = Pick<Credential, "notBefore" | "expiresAt"> & Pick<CredentialRecord, "allowedCidrs" | "rateLimit">;

/** What limits a credential, in phrases: "never expires", "works from anywhere". `zone` as for the dates. */
export function reachPhrases(reach: Reach, now: number): string[] {
  const { notBefore, expiresAt, allowedCidrs, rateLimit } = reach;
  const date = (instant: string) => formatDateTime(instant, undefined, false);
  return [
    ...(notBefore && new Date(notBefore).getTime() > now ? [`starts on ${date(notBefore)}`] : []),
    expiresAt ? `expires on ${date(expiresAt)}` : "never expires",
    allowedCidrs.length === 0 ? "works from anywhere" : `works only from ${networks(allowedCidrs)}`,
    ...(rateLimit ? [`takes at most ${rateWords(rateLimit)}`] : []),
  ];
}

const networks = (list: readonly string[]) =>
  list.length <= 2 ? list.join(" and ") : `${list.length} addresses and networks`;

const WINDOWS: Record<number, string> = { 1: "second", 60: "minute", 3600: "hour", 86400: "day" };

/** "600 requests per minute". */
export function rateWords({ requests, seconds }: NonNullable<CredentialRecord["rateLimit"]>): string {
  return `${requests.toLocaleString("en-US")} ${requests === 1 ? "request" : "requests"} per ${WINDOWS[seconds] ?? `${seconds} seconds`}`;
}
