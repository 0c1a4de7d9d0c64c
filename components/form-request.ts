import { z } from "zod";

/**
 * The schema of a form whose fields hold what people type (lines, local times, numbers as text): its values become the
 * request, and what the request's own schema refuses comes back at the field of the same name.
 */
export function formRequest<Values extends Record<string, unknown>, Request>(
  request: z.ZodType<Request>,
  toRequest: (values: Values) => Record<string, unknown>,
): z.ZodType<Request, Values> {
  return z.custom<Values>().transform((values, ctx) => {
    const body = toRequest(values);
    const parsed = request.safeParse(body);
    if (parsed.success) return parsed.data;
    for (const { path, message } of parsed.error.issues) {
      const [field = "", place] = path;
      const value: unknown = typeof place === "number" ? (body[String(field)] as unknown[])[place] : undefined;
      ctx.addIssue({
        code: "custom",
        path: [field],
        message: value === undefined ? message : `${message}: “${String(value)}”`,
      });
    }
    return z.NEVER;
  });
}

/** One entry per line that is not empty. */
export const toLines = (text: string) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);

/** What a `datetime-local` input holds, the reader's local time, as the moment in UTC; null when it is empty. */
export function toInstant(local: string): string | null {
  if (local === "") return null;
  const time = new Date(local);
  return Number.isNaN(time.getTime()) ? local : time.toISOString();
}

/** The moment as a `datetime-local` input wants it, in the reader's local time. */
export function toLocal(instant: string | null): string {
  if (instant === null) return "";
  const time = new Date(instant);
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** The fields of the request that differ; undefined when none does. What stays as it is need not be allowed again. */
export function changedFields<Request extends object>(now: Request, before: Request): Partial<Request> | undefined {
  const changed = Object.entries(now).filter(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(before[field as keyof Request]),
  );
  return changed.length > 0 ? (Object.fromEntries(changed) as Partial<Request>) : undefined;
}
