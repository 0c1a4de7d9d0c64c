import { AppError } from "@/lib/kernel/errors";

const MAX_TARGET_LENGTH = 8192;

/**
 * The path of a request target. Throws 400 for every spelling two readers could understand differently
 * (absolute form, empty and dot segments, backslashes) or that cannot be decoded.
 */
export function parseTarget(target: string): { path: string } {
  if (target.length > MAX_TARGET_LENGTH) throw refuse(`is longer than ${MAX_TARGET_LENGTH} characters`);
  if (!target.startsWith("/")) throw refuse("must be a path that starts with /");
  if (!/^[\x21-\x7e]*$/.test(target) || target.includes("#")) throw refuse("contains a character that must be encoded");
  if (/%00/.test(target)) throw refuse("contains a NUL character");
  const path = pathOf(target);
  const decoded = decode(path);
  if (decoded.includes("\\")) throw refuse("contains a backslash");
  if (path.includes("//")) throw refuse("contains an empty segment");
  if (decoded.split("/").some((segment) => segment === "." || segment === "..")) throw refuse("contains a dot segment");
  return { path };
}

export const pathOf = (target: string): string => target.split("?", 1)[0] ?? "";

/** What route handlers of ours answer; everything else is a page or a file and can only be read. */
export const isApiPath = (path: string) => /^\/(v1|auth|oauth|\.well-known|api\/auth)(\/|$)/.test(path);

export const isStaticPath = (path: string) => path.startsWith("/_next/static/");

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw refuse("contains a broken percent escape");
  }
}

const refuse = (what: string) => new AppError("bad_request", `The requested address ${what}.`);
