/** Numbers and times in words, the same on the server and in the browser. */
const LOCALE = "en-GB";
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export type Instant = Date | string | number;

const NUMBERS = new Intl.NumberFormat("en-US");

export const formatNumber = (value: number) => NUMBERS.format(value);

/** `1 key`, `3 keys`. */
export const formatCount = (value: number, one: string, many = `${one}s`) =>
  `${formatNumber(value)} ${value === 1 ? one : many}`;

export const formatKilobytes = (bytes: number) => `${formatNumber(Math.round(bytes / 1024))} KB`;

/** "4 s ago", "in 9 d"; a date once it is more than six days away. `zone` only matters for that date. */
export function formatRelative(instant: Instant, now: number, zone?: string): string {
  const difference = new Date(instant).getTime() - now;
  const distance = Math.abs(difference);
  if (distance < 5 * SECOND) return "just now";
  if (distance >= 6.5 * DAY) return formatDay(instant, now, zone);
  return difference > 0 ? `in ${formatTimeLeft(distance, 1)}` : `${formatDuration(distance, 1)} ago`;
}

/** Whole days, the nearest, when there are several; else the largest units. */
export const formatTimeLeft = (milliseconds: number, units = 2) =>
  milliseconds > 3 * DAY ? formatDuration(milliseconds + DAY / 2, 1) : formatDuration(milliseconds, units);

/** "1 d 22 h": the largest units of a length in milliseconds. */
export function formatDuration(milliseconds: number, units = 2): string {
  let rest = Math.max(0, milliseconds);
  const parts: string[] = [];
  for (const [size, name] of [
    [DAY, "d"],
    [HOUR, "h"],
    [MINUTE, "min"],
    [SECOND, "s"],
  ] as const) {
    const amount = Math.floor(rest / size);
    if (amount === 0 && parts.length === 0) continue;
    if (parts.length === units) break;
    if (amount > 0) parts.push(`${amount} ${name}`);
    rest -= amount * size;
    if (amount === 0) break;
  }
  return parts.join(" ") || "0 s";
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** A formatter is made once for its options: to make one costs far more than to use it. */
function formatted(instant: Instant, options: Intl.DateTimeFormatOptions): string {
  const key = JSON.stringify(options);
  const known = formatters.get(key) ?? new Intl.DateTimeFormat(LOCALE, options);
  formatters.set(key, known);
  return known.format(new Date(instant));
}

/** "4 Feb", with the year when it is another one. */
export function formatDay(instant: Instant, now: number, zone?: string): string {
  const year = (value: Instant) => formatted(value, { year: "numeric", timeZone: zone });
  const isThisYear = year(instant) === year(now);
  return formatted(instant, {
    day: "numeric",
    month: "short",
    year: isThisYear ? undefined : "numeric",
    timeZone: zone,
  });
}

/** "21 Nov 2026, 14:11:31" in `zone`, the reader's own by default. */
export function formatDateTime(instant: Instant, zone?: string, seconds = true): string {
  return formatted(instant, {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: seconds ? "2-digit" : undefined,
    hourCycle: "h23",
    timeZone: zone,
  });
}

/** "21 Nov 14:11:31.804", with the year when it is another one. */
export function formatMoment(instant: Instant, now: number, zone?: string): string {
  const time = formatted(instant, {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    fractionalSecondDigits: 3,
    hourCycle: "h23",
    timeZone: zone,
  });
  return `${formatDay(instant, now, zone)} ${time}`;
}

/** "28:14", and "1:02:09" from an hour on. */
export function formatCountdown(milliseconds: number): string {
  const total = Math.max(0, Math.ceil(milliseconds / SECOND));
  const two = (value: number) => String(value).padStart(2, "0");
  const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${two(minutes)}:${two(seconds)}`;
}
