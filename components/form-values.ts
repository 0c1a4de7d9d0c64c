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
