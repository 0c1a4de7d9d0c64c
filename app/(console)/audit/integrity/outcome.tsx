import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { ReportView } from "./report-view";
import type { Verification } from "./use-verification";

/** How far a verification is, and what came out of it. */
export function Outcome({ verification }: { verification: Verification }) {
  const { isRunning, progress, report, problem, stop } = verification;
  return (
    <div aria-live="polite">
      {isRunning && (
        <p className="mt-3 flex items-center gap-3 text-s text-ink-2 tabular-nums">
          {progress}
          <Button size="s" variant="ghost" onClick={stop}>
            Stop
          </Button>
        </p>
      )}
      {problem && (
        <Banner tone="bad" className="mt-4">
          {problem}
        </Banner>
      )}
      {report && <ReportView report={report} />}
    </div>
  );
}
