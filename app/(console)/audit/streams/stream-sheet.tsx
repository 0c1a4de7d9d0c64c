"use client";

import { useState } from "react";
import { useChange } from "@/components/change";
import { Failure } from "@/components/failure";
import { lateDialog } from "@/components/late";
import { ActionMenu } from "@/components/ui/action-menu";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { DescriptionList } from "@/components/ui/description-list";
import { Id } from "@/components/ui/id";
import { Sheet } from "@/components/ui/sheet";
import { Time } from "@/components/ui/time";
import { formatNumber } from "@/lib/format";
import type { StreamRecord } from "@/lib/streams/schema";
import { Deliveries } from "./deliveries";
import type { StreamDialog } from "./stream-dialogs";
import { behind, KINDS, StreamState } from "./stream-words";

const StreamDialogs = lateDialog(() => import("./stream-dialogs").then((loaded) => loaded.StreamDialogs));

interface StreamSheetProps {
  stream: StreamRecord;
  may: { update: boolean; delete: boolean };
  onClose: () => void;
}

/** One stream: its state, what can be done about it, and what became of its last deliveries. */
export function StreamSheet({ stream, may, onClose }: StreamSheetProps) {
  const [dialog, setDialog] = useState<StreamDialog>();
  const [tested, setTested] = useState(0);
  const { isPending, failure, act } = useActs();
  const { ZUID, kind, status } = stream;
  const setPaused = (paused: boolean) => act((change) => change("PATCH", `/v1/streams/${ZUID}`, { paused }));
  const test = () =>
    act(async (change) => {
      await change("POST", `/v1/streams/${ZUID}/deliveries`, {});
      setTested((times) => times + 1);
    });
  const further = [
    ...(may.update ? [{ label: "Edit…", act: () => setDialog("edit") }] : []),
    ...(may.update && kind === "webhook" ? [{ label: "Rotate the secret…", act: () => setDialog("rotate") }] : []),
    ...(may.delete ? [{ label: "Delete…", danger: true, act: () => setDialog("delete") }] : []),
  ];
  return (
    <Sheet
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      eyebrow={<Id value={ZUID} />}
      title={stream.name}
      description={KINDS[kind]}
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
        {stream.pauseReason && (
          <Banner tone="bad">{stream.pauseReason} Nothing is lost; resume it when it is mended.</Banner>
        )}
        {failure && <Failure error={failure} />}
        <Facts stream={stream} />
        {(may.update || may.delete) && (
          <div className="flex flex-wrap gap-2">
            {may.update && (
              <>
                <Button pending={isPending} onClick={test}>
                  Send a test
                </Button>
                <Button disabled={isPending} onClick={() => setPaused(status !== "paused")}>
                  {status === "paused" ? "Resume" : "Pause"}
                </Button>
              </>
            )}
            <ActionMenu label="More about this stream" actions={further} />
          </div>
        )}
        <Deliveries key={`${tested} ${stream.cursor} ${stream.nextAttemptAt}`} streamId={ZUID} />
      </div>
      <StreamDialogs dialog={dialog} stream={stream} close={() => setDialog(undefined)} onDeleted={onClose} />
    </Sheet>
  );
}

function Facts({ stream }: { stream: StreamRecord }) {
  const { earlierSecretEndsAt, nextAttemptAt, failingSince } = stream;
  return (
    <DescriptionList
      narrow
      items={[
        ["State", <StreamState key="state" status={stream.status} />],
        [
          "Sent to",
          <span key="url" className="font-mono text-xs">
            {stream.url}
          </span>,
        ],
        [
          "Delivered",
          `${formatNumber(stream.cursor)} of ${formatNumber(stream.size)} events, ${formatNumber(behind(stream))} waiting`,
        ],
        failingSince !== null && ["Failing since", <Time key="since" value={failingSince} />],
        nextAttemptAt !== null && ["Next attempt", <Time key="next" value={nextAttemptAt} />],
        stream.secretHint !== null && [
          "Secret",
          <span key="hint" className="font-mono text-xs">
            {stream.secretHint}
          </span>,
        ],
        earlierSecretEndsAt !== null && [
          "Earlier secret",
          <>
            signs too until <Time value={earlierSecretEndsAt} />
          </>,
        ],
        ["Trusts", stream.certificate === null ? "public authorities" : "its own certificate authority"],
        [
          "Created",
          <>
            <Time value={stream.createdAt} /> by {stream.createdByName}
          </>,
        ],
      ]}
    />
  );
}

/** One act at a time, and why the last one failed. */
function useActs() {
  const change = useChange();
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<Error>();
  async function act(work: (send: typeof change) => Promise<unknown>) {
    setPending(true);
    setFailure(undefined);
    try {
      await work(change);
    } catch (error) {
      setFailure(error instanceof Error ? error : new Error("Something else than an error was thrown."));
    }
    setPending(false);
  }
  return { isPending, failure, act };
}
