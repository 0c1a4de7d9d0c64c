import canonicalize from "canonicalize";

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The text of bytes that must be UTF-8. Throws an Error otherwise. */
export function textOf(bytes: Uint8Array): string {
  try {
    return UTF8.decode(bytes);
  } catch {
    throw new Error("is not text in UTF-8");
  }
}

/** Parses a text that must be the canonical JSON (RFC 8785) of what it says: then it can be read in one way only. */
export function parseCanonical(text: string): unknown {
  let canonical: string | undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
    canonical = canonicalize(value);
  } catch {
    throw new Error("is not JSON");
  }
  if (canonical !== text) throw new Error("is not in canonical form");
  return value;
}
