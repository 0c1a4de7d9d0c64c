import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import type { Integrity, SinkRecord, StatedCheckpoint } from "@/lib/audit/integrity-schema";
import { formatCount, formatNumber } from "@/lib/format";

/** Fewer are on their way: they are copied every second. */
const SOME_BEHIND = 5;

const KINDS: Record<string, string> = { file: "File on", url: "Webhook at", syslog: "Syslog at" };

/** How far sealing is, and where the checkpoints went. */
export function SealCard({ integrity, newest }: { integrity: Integrity; newest?: StatedCheckpoint }) {
  const { size, waiting, archived, epoch, sinks } = integrity;
  return (
    <Card title="Sealing">
      <DescriptionList
        items={[
          ["Sealed", formatCount(size, "event")],
          [
            "Waiting",
            waiting === 0 ? (
              <Status key="waiting" tone="ok">
                nothing waits
              </Status>
            ) : (
              `${formatCount(waiting, "event")}, sealed within a second`
            ),
          ],
          ["Last signed", newest ? <Time key="signed" value={newest.signedAt} /> : "not yet"],
          archived > 0 && ["Archived", `the first ${formatCount(archived, "event")}; their hashes stay`],
          epoch > 1 && ["Epoch", `${epoch}: the trail was restored from a backup and goes on under a new name`],
          ...sinks.map(
            (sink) =>
              [`${KINDS[sink.kind] ?? sink.kind} ${sink.place}`, <Told key={sink.place} sink={sink} />] as const,
          ),
        ]}
      />
    </Card>
  );
}

function Told({ sink: { behind, toldAt, toldSize } }: { sink: SinkRecord }) {
  if (toldSize === null) return <Status tone="warn">heard of nothing yet</Status>;
  return (
    <span className="flex flex-wrap items-center gap-x-2">
      <Status tone={behind === 0 ? "ok" : behind < SOME_BEHIND ? "idle" : "warn"}>
        {behind === 0 ? "has every checkpoint" : `${formatCount(behind, "checkpoint")} behind`}
      </Status>
      <span className="text-ink-3">
        last of {formatNumber(toldSize)}, signed <Time value={toldAt} />
      </span>
    </span>
  );
}
