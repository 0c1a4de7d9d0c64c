import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { Time } from "@/components/ui/time";
import type { StatedCheckpoint } from "@/lib/audit/integrity-schema";
import { formatCount } from "@/lib/format";

interface CheckpointsCardProps {
  checkpoints: readonly StatedCheckpoint[];
  /** Where older ones are listed, when there are any. */
  older?: string;
  /** Where the newest are, when these are not. */
  newest?: string;
}

/** What was signed; each can be copied as it is. */
export function CheckpointsCard({ checkpoints, older, newest }: CheckpointsCardProps) {
  return (
    <Card
      title="Checkpoints"
      flush
      footer={
        (older || newest) && (
          <span className="flex gap-4">
            {newest && <Link href={newest}>Newest</Link>}
            {older && <Link href={older}>Older</Link>}
          </span>
        )
      }
    >
      {checkpoints.length === 0 ? (
        <EmptyState title="Nothing is signed yet">The first event is sealed within a second of happening.</EmptyState>
      ) : (
        <ul className="text-s">
          {checkpoints.map(({ origin, size, root, signedAt, note }) => (
            <li
              key={`${origin} ${size}`}
              className="flex min-h-(--row) flex-wrap items-center gap-x-4 gap-y-0.5 border-b px-[18px] py-1 last:border-b-0"
            >
              <span className="w-32 shrink-0 tabular-nums">{formatCount(size, "event")}</span>
              <code className="min-w-0 flex-1 basis-40 truncate font-mono text-xs text-ink-2 max-sm:order-last max-sm:basis-full">
                {root}
              </code>
              <Time value={signedAt} className="text-ink-3 max-sm:ml-auto" />
              <CopyButton text={note} what={`checkpoint of ${formatCount(size, "event")}`} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
