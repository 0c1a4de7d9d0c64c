import { hash } from "node:crypto";
import { crc32 } from "node:zlib";
import { randomText } from "./random";

/** `<prefix>_<36 base62><6 base62 CRC-32>`: ≥ 214 bits, and a typing error is refused without a look-up. */
const PREFIX = {
  api_key: "lkk",
  access_token: "lkt",
  session: "lks",
  login_access: "lka",
  login_refresh: "lkr",
  app_secret: "lkc",
  pending_factor: "lkp",
  link: "lki",
  stream: "lkw",
} as const;

export type SecretKind = keyof typeof PREFIX;

const KINDS = new Map(Object.entries(PREFIX).map(([kind, prefix]) => [prefix as string, kind as SecretKind]));

const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const BODY_LENGTH = 36;

/** Finds every secret this product ever issues, current and reserved kinds, in any text. */
export const SECRET_PATTERN = /\blk[ktarscpiw]_[0-9A-Za-z]{42}\b/g;

/** The text without secrets, also where one is glued to other text. */
export const maskSecrets = (text: string) => text.replace(/lk[ktarscpiw]_[0-9A-Za-z]{42}/g, "[secret]");

/** The same of every text in a value of JSON whose depth is bounded, its keys included. */
export function masked(value: unknown): unknown {
  if (typeof value === "string") return maskSecrets(value);
  if (Array.isArray(value)) return value.map(masked);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [maskSecrets(key), masked(each)]));
}

export interface Secret {
  /** The whole value: shown once, never stored. */
  value: string;
  /** SHA-256 of the whole value, 32 bytes: what the database keeps and finds it by. */
  digest: Uint8Array<ArrayBuffer>;
  /** Prefix and last four characters, for display. */
  hint: string;
}

export function mintSecret(kind: SecretKind): Secret {
  const body = randomText(BASE62, BODY_LENGTH);
  const value = `${PREFIX[kind]}_${body}${checksum(body)}`;
  return { value, digest: digestOf(value), hint: `${PREFIX[kind]}_…${value.slice(-4)}` };
}

/** The kind of a well-formed secret with a right checksum; undefined for anything else. */
export function secretKind(value: string): SecretKind | undefined {
  const match = /^(lk[a-z])_([0-9A-Za-z]{36})([0-9A-Za-z]{6})$/.exec(value);
  if (!match || checksum(match[2] as string) !== match[3]) return undefined;
  return KINDS.get(match[1] as string);
}

export function digestOf(value: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(hash("sha256", value, "buffer"));
}

/** CRC-32/ISO-HDLC of the body in base62 (0-9A-Za-z), left-padded with 0 to six characters. */
export function checksum(body: string): string {
  let rest = crc32(body);
  let text = "";
  do {
    text = BASE62[rest % 62] + text;
    rest = Math.floor(rest / 62);
  } while (rest > 0);
  return text.padStart(6, "0");
}
