import { formatCount } from "@/lib/format";
import type { Failure } from "./findings";
import type { BundleReport } from "./report";

const SHOWN_FAILURES = 20;

/** What is from a bundle could look like words of the verifier: in quotes, unless nothing about it is unusual. */
export const quoted = (text: string): string => (/^[\w./+=:-]+$/.test(text) ? text : JSON.stringify(text));

/** One line, whatever is in it: no character of it moves a cursor, clears a screen or turns the text around. */
const printable = (line: string): string =>
  line.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);

/** The report of a bundle in lines for a terminal. */
export function linesOfReport(bundle: string, report: BundleReport): string[] {
  const { isVerified, failures, warnings, manifest, key, compared } = report;
  const lines = [`${bundle}: ${isVerified ? "VERIFIED" : "NOT VERIFIED"}`, ...linesOfFailures(failures)];
  if (manifest && key) {
    const { origin, size, events, isComplete, from, to, exported } = manifest;
    const which = isComplete ? "every event" : "only the events that match the filter";
    lines.push(
      `  log       ${quoted(origin)}, ${formatCount(size, "event")} when it was exported at ${quoted(exported)}`,
      `  events    ${events}: ${which} from ${from} up to ${to}`,
      `  key       ${quoted(key.vkey)}`,
      `            SHA-256 fingerprint ${key.fingerprint}`,
      `  compared  with ${formatCount(compared, "checkpoint")} from outside`,
    );
  }
  return [...lines, ...linesOfWarnings(warnings)].map(printable);
}

export function linesOfFailures(failures: readonly Failure[]): string[] {
  const shown = failures.slice(0, SHOWN_FAILURES).map(({ file, line, seq, reason }) => {
    const place = `${file}${line ? ` line ${line}` : ""}${seq === undefined ? "" : ` (seq ${seq})`}`;
    return printable(`  failure   ${place}: ${reason}`);
  });
  const more = failures.length - shown.length;
  return more > 0 ? [...shown, `  and ${more} more failures`] : shown;
}

export const linesOfWarnings = (warnings: readonly string[]): string[] =>
  warnings.map((warning) => printable(`  warning   ${warning}`));
