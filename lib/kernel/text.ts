import { z } from "zod";

/** Text a person typed: NFC, trimmed, without control characters or lone surrogates (the database refuses some of them). */
export const text = (min: number, max: number) =>
  z
    .string()
    .refine((value) => value.isWellFormed() && !/\p{Cc}/u.test(value), "must not contain control characters")
    .transform((value) => value.normalize("NFC").trim())
    .pipe(
      z
        .string()
        .min(min, min === 1 ? "must not be empty" : `needs at least ${min} characters`)
        .max(max, `takes at most ${max} characters`),
    );

/** Longer text that may hold line breaks. */
export const prose = (max: number) =>
  z
    .string()
    .refine((value) => value.isWellFormed() && !/[^\P{Cc}\n\r\t]/u.test(value), "must not contain control characters")
    .transform((value) => value.normalize("NFC").trim())
    .pipe(z.string().max(max, `takes at most ${max} characters`));

/** The short name of an organization, which is never an id of one. */
export const ACCOUNT_NAME = /^[a-z][a-z0-9-]{1,38}[a-z0-9]$/;
