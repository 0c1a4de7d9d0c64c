"use client";

import { useRef, useState } from "react";
import { type Saved, saveStream } from "@/components/download";
import { Failure } from "@/components/failure";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { formatCount, formatKilobytes, formatNumber } from "@/lib/format";
import { ApiError } from "@/lib/http/client";

interface Export {
  saved?: Saved;
  failure?: Error;
  start: (path: string) => Promise<void>;
  close: () => void;
}

const BROKEN_OFF = {
  status: 0,
  code: "offline",
  title: "Broken off",
  detail: "The connection ended before the export was complete, and nothing was saved. Try again.",
};

/** One export at a time, from an address of the API into a file. */
export function useExport(): Export {
  const [state, setState] = useState<Pick<Export, "saved" | "failure">>({});
  const abort = useRef<AbortController>(undefined);

  async function start(path: string) {
    const own = (abort.current = new AbortController());
    const show = (next: typeof state) => own.signal.aborted || setState(next);
    show({ saved: { bytes: 0 } });
    try {
      await saveStream(path, { signal: own.signal, onProgress: (saved) => show({ saved }) });
      show({});
    } catch (error) {
      show({ failure: error instanceof ApiError ? error : new ApiError(BROKEN_OFF) });
    }
  }

  function close() {
    abort.current?.abort();
    setState({});
  }

  return { ...state, start, close };
}

/** While an export comes, how far it is; and why it does not. */
export function ExportDialog({ about, exporting }: { about: string; exporting: Export }) {
  const { saved, failure, close } = exporting;
  return (
    <Dialog
      open={saved !== undefined || failure !== undefined}
      onOpenChange={(isOpen) => !isOpen && close()}
      width="s"
      title="Exporting the trail"
      description={`${about} That you took it is in the trail too.`}
      footer={<Button onClick={close}>{failure ? "Close" : "Cancel"}</Button>}
    >
      {failure ? <Failure error={failure} /> : saved && <Coming saved={saved} />}
    </Dialog>
  );
}

function Coming({ saved: { bytes, records, total } }: { saved: Saved }) {
  // A table has one more line, and may have breaks within.
  const counted = records && Math.min(records, total ?? Infinity);
  return (
    <div className="grid gap-2">
      <progress
        aria-label="Progress of the export"
        className="h-1.5 w-full overflow-hidden rounded-full accent-accent"
        value={total ? counted : undefined}
        max={total ?? 1}
      />
      <p role="status" className="text-s text-ink-2 tabular-nums">
        {counted === undefined
          ? formatKilobytes(bytes)
          : total === undefined
            ? formatCount(counted, "event")
            : `${formatNumber(counted)} of ${formatCount(total, "event")}`}
      </p>
    </div>
  );
}
