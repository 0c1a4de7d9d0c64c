"use client";

import { RunningOut } from "@/app/(console)/admin/setup/apps/running-out";
import { cn } from "@/components/cn";
import { useNow } from "@/components/clock";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import type { VersionRecord } from "@/lib/credentials/schema";
import { formatDuration } from "@/lib/format";

const QUIET = 3_600_000;

interface RotationCockpitProps {
  successor: VersionRecord;
  predecessor: VersionRecord;
}

/** Both versions side by side, and whether the old one can go. */
export function RotationCockpit({ successor, predecessor }: RotationCockpitProps) {
  const now = useNow();
  const verdict = verdictOn(successor, predecessor, now);
  return (
    <section aria-label="Rotation under way" className="mb-4 overflow-hidden rounded-2 border bg-surface">
      <div className="grid sm:grid-cols-2">
        <VersionSide version={successor} status={<Status tone="ok">New</Status>} />
        <VersionSide
          version={predecessor}
          status={predecessor.endsAt && <RunningOut before="Ends in" until={predecessor.endsAt} />}
          className="max-sm:border-t sm:border-l"
        />
      </div>
      <div
        role="status"
        className={cn(
          "flex flex-wrap justify-between gap-x-6 gap-y-1 border-t px-[18px] py-[11px] text-s",
          verdict.isSafe ? "bg-ok-soft text-ok" : "bg-warn-soft text-warn",
        )}
      >
        <span suppressHydrationWarning>{verdict.words}</span>
        <span>Finish now ends v{predecessor.version} at once</span>
      </div>
    </section>
  );
}

interface VersionSideProps {
  version: VersionRecord;
  status: React.ReactNode;
  className?: string;
}

function VersionSide({ version, status, className }: VersionSideProps) {
  return (
    <div className={cn("px-[18px] py-4", className)}>
      <h2 className="flex items-center gap-2 font-semibold">
        v{version.version} {status}
      </h2>
      <p className="mt-0.5 text-ink-3">
        since <Time value={version.createdAt} absolute /> · <code className="font-mono text-xs">{version.hint}</code>
      </p>
      <p className="mt-3 text-2xl leading-tight font-semibold tracking-[-0.02em]">
        <Time value={version.lastUsedAt} none="never used" />
        {version.lastUsedAt && (
          <small className="ml-1.5 text-s font-normal tracking-normal text-ink-3">last call</small>
        )}
      </p>
      <p className="mt-1.5 min-h-5 text-ink-3">{callerOf(version)}</p>
    </div>
  );
}

/** "from 198.51.100.7 (okhttp/4.12)" */
const callerOf = ({ lastUsedIp, lastUserAgent }: VersionRecord) =>
  lastUsedIp && `from ${lastUsedIp}${lastUserAgent ? ` (${lastUserAgent})` : ""}`;

/** Whether ending the old version would stop anybody: an hour without a call counts as quiet. */
function verdictOn(successor: VersionRecord, predecessor: VersionRecord, now: number) {
  const old = `v${predecessor.version}`;
  const unused = successor.lastUsedAt === null ? ` v${successor.version} has not been called yet.` : "";
  if (predecessor.lastUsedAt === null) {
    return { isSafe: true, words: `${old} was never called. It is safe to finish.${unused}` };
  }
  const quiet = now - new Date(predecessor.lastUsedAt).getTime();
  if (quiet < QUIET) {
    const ago = quiet < 5000 ? "just now" : `${formatDuration(quiet, 1)} ago`;
    return { isSafe: false, words: `${old} was last called ${ago} from ${predecessor.lastUsedIp}.${unused}` };
  }
  return unused
    ? { isSafe: false, words: `No call on ${old} for ${formatDuration(quiet)}.${unused}` }
    : { isSafe: true, words: `No call on ${old} for ${formatDuration(quiet)}. It is safe to finish.` };
}
