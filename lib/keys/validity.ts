import { AppError } from "@/lib/kernel/errors";

interface Given {
  notBefore?: string | null | undefined;
  expiresAt?: string | null | undefined;
}

/**
 * Refuses an end that has passed, and a beginning at or after the end, with what is left out taken
 * from the key as it is. Throws `invalid_input`.
 */
export function requireValidity(
  given: Given,
  now: Date,
  existing?: { notBefore: Date | null; expiresAt: Date | null },
): void {
  const pick = (field: keyof Given) => {
    const text = given[field];
    if (text === undefined) return existing?.[field] ?? null;
    return text === null ? null : new Date(text);
  };
  const [notBefore, expiresAt] = [pick("notBefore"), pick("expiresAt")];
  if (given.expiresAt && expiresAt && expiresAt <= now) throw wrong("expiresAt", "must be in the future");
  if (notBefore && expiresAt && notBefore >= expiresAt) throw wrong("notBefore", "must be before the key expires");
}

function wrong(field: keyof Given, detail: string): AppError {
  return new AppError("invalid_input", `/${field} ${detail}.`, { errors: [{ pointer: `/${field}`, detail }] });
}
