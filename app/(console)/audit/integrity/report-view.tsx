import { Banner } from "@/components/ui/banner";
import { DescriptionList } from "@/components/ui/description-list";
import type { Failure } from "@/lib/audit/verify/findings";
import type { BundleReport } from "@/lib/audit/verify/report";
import { formatCount, formatDateTime, formatNumber } from "@/lib/format";

const SHOWN_FAILURES = 10;

/** What came out of a verification, in words. */
export function ReportView({ report }: { report: BundleReport }) {
  const { isVerified, failures, warnings, manifest, key, compared } = report;
  return (
    <div className="mt-4 grid gap-3">
      <Banner tone={isVerified ? "ok" : "bad"}>
        <b className="font-semi">{isVerified ? verdictOf(report) : "Not verified"}</b>
        {failures.slice(0, SHOWN_FAILURES).map((failure) => (
          <p key={JSON.stringify(failure)} className="wrap-anywhere">
            {wordsOf(failure)}
          </p>
        ))}
        {failures.length > SHOWN_FAILURES && (
          <p>And {formatCount(failures.length - SHOWN_FAILURES, "more failure")}.</p>
        )}
      </Banner>
      {warnings.map((warning) => (
        <Banner key={warning} tone="warn">
          {warning}
        </Banner>
      ))}
      {manifest && (
        <DescriptionList
          items={[
            [
              "Log",
              <code key="log" className="font-mono text-xs">
                {manifest.origin}
              </code>,
            ],
            ["Size then", `${formatCount(manifest.size, "event")}, exported ${formatDateTime(manifest.exported)}`],
            Object.keys(manifest.filter).length > 0 && [
              "Filter",
              <code key="filter" className="font-mono text-xs">
                {JSON.stringify(manifest.filter)}
              </code>,
            ],
            [
              "Signed by",
              <code key="key" className="font-mono text-xs">
                {key?.vkey}
              </code>,
            ],
            [
              "Fingerprint",
              <code key="print" className="font-mono text-xs">
                {key?.fingerprint}
              </code>,
            ],
            compared > 0 && ["Agrees with", `${formatCount(compared, "checkpoint")} from elsewhere`],
          ]}
        />
      )}
    </div>
  );
}

function verdictOf({ manifest }: BundleReport): string {
  if (!manifest) return "Verified";
  const { events, isComplete, from, to, size } = manifest;
  if (!isComplete) return `Verified: ${formatCount(events, "event")} that match the filter`;
  if (from === 0 && to === size) return `Verified: all ${formatCount(events, "event")} of the log`;
  return `Verified: every event from ${formatNumber(from)} up to ${formatNumber(to)}, ${formatCount(events, "event")}`;
}

const wordsOf = ({ file, line, seq, reason }: Failure) =>
  `${file}${line ? `, line ${formatNumber(line)}` : ""}${seq === undefined ? "" : ` (event ${formatNumber(seq)})`}: ${reason}`;
