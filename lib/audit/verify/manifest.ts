import { readOrigin } from "@/lib/audit/checkpoint";
import { parseCanonical } from "./canonical";

/** What a bundle says of itself, signed. */
export interface Manifest {
  origin: string;
  /** How many events the log had. */
  size: number;
  /** How many of them are in the bundle. */
  events: number;
  /** Every event from `from` up to, not including, `to` is in it. */
  isComplete: boolean;
  from: number;
  to: number;
  /** What the events were chosen by. */
  filter: Record<string, unknown>;
  exported: string;
  /** The SHA-256 in hexadecimal of every other file. */
  sums: Map<string, string>;
}

const FIELDS = ["size", "events", "complete", "range", "filter", "exported"] as const;

/** Reads the text of a manifest, which ends in a line feed. */
export function readManifest(body: string): Manifest {
  const [version, origin = "", ...lines] = body.slice(0, -1).split("\n");
  if (version !== "latchkey-bundle/1") throw new Error("does not begin with latchkey-bundle/1");
  if (!readOrigin(origin)) throw new Error("names no log");
  const [size, events, complete, range, filter, exported] = FIELDS.map((name, at) => valueOf(lines[at], name));
  const bounds = (range as string).split(" ");
  if (!/^(true|false)$/.test(complete as string) || bounds.length !== 2) {
    throw new Error("says neither whether nor of what it is complete");
  }
  const manifest: Manifest = {
    origin,
    size: wholeNumber(size as string),
    events: wholeNumber(events as string),
    isComplete: complete === "true",
    from: wholeNumber(bounds[0] as string),
    to: wholeNumber(bounds[1] as string),
    filter: Object(parseCanonical(filter as string)) as Record<string, unknown>,
    exported: exported as string,
    sums: sumsOf(lines.slice(FIELDS.length)),
  };
  requireSense(manifest, filter as string);
  return manifest;
}

function valueOf(line: string | undefined, name: string): string {
  if (!line?.startsWith(`${name} `)) throw new Error(`says ${line ?? "nothing"} where it should say ${name}`);
  return line.slice(name.length + 1);
}

function sumsOf(lines: readonly string[]): Map<string, string> {
  const sums = new Map<string, string>();
  for (const line of lines) {
    const [, sum, name] = /^sha256 ([0-9a-f]{64}) (\S+)$/.exec(line) ?? [];
    if (!sum || !name || sums.has(name)) throw new Error(`has a line that is no sum of another file: ${line}`);
    sums.set(name, sum);
  }
  return sums;
}

function requireSense({ from, to, size, isComplete, events }: Manifest, filter: string): void {
  if (from > to || to > size) throw new Error("names a range that is not in the log");
  if (isComplete && (filter !== "{}" || events !== to - from)) throw new Error("calls itself complete and is not");
}

function wholeNumber(text: string): number {
  if (!/^(0|[1-9][0-9]{0,15})$/.test(text) || !Number.isSafeInteger(Number(text))) {
    throw new Error(`${text.slice(0, 40)} is not a whole number`);
  }
  return Number(text);
}
