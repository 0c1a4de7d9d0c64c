"use client";

import { Download } from "lucide-react";
import { useRef, useState } from "react";
import { saveStream } from "@/components/download";
import { Failure } from "@/components/failure";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { formatCount, formatNumber } from "@/lib/format";

interface Progress {
  records: number;
  total?: number;
}

/** Everything that fits the filter as a file; while it comes, how far it is. */
export function ExportMenu({ filters }: { filters: string }) {
  const [progress, setProgress] = useState<Progress>();
  const [failure, setFailure] = useState<Error>();
  const abort = useRef<AbortController>(null);

  async function start(format: "csv" | "jsonl") {
    const stop = new AbortController();
    abort.current = stop;
    setFailure(undefined);
    setProgress({ records: 0 });
    try {
      const query = new URLSearchParams(filters);
      query.set("format", format);
      await saveStream(`/v1/audit-events/export?${query}`, { signal: stop.signal, onProgress: setProgress });
      setProgress(undefined);
    } catch (error) {
      if (stop.signal.aborted) setProgress(undefined);
      else setFailure(error instanceof Error ? error : new Error("The export broke off."));
    }
  }

  function close() {
    abort.current?.abort();
    setProgress(undefined);
  }

  const { total } = progress ?? {};
  // A table has one more line, and may have breaks within.
  const records = Math.min(progress?.records ?? 0, total ?? Infinity);
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="s">
            <Download aria-hidden /> Export
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent>
          <DropdownMenuItem onSelect={() => void start("csv")}>As CSV, for a spreadsheet</DropdownMenuItem>
          <DropdownMenuItem onSelect={() => void start("jsonl")}>As JSON lines, for programs</DropdownMenuItem>
          <DropdownMenuItem asChild>
            <a href={`/v1/audit/bundle?${filters}`} download>
              As a bundle, with what proves it
            </a>
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <Dialog
        open={progress !== undefined}
        onOpenChange={(isOpen) => !isOpen && close()}
        width="s"
        title="Exporting the trail"
        description="Everything that fits the filters, oldest first. That you took it is in the trail too."
        footer={<Button onClick={close}>{failure ? "Close" : "Cancel"}</Button>}
      >
        {failure ? (
          <Failure error={failure} />
        ) : (
          <div className="grid gap-2">
            <progress
              aria-label="Progress of the export"
              className="h-1.5 w-full overflow-hidden rounded-full accent-accent"
              value={total ? records : undefined}
              max={total ?? 1}
            />
            <p role="status" className="text-s text-ink-2 tabular-nums">
              {total === undefined
                ? formatCount(records, "event")
                : `${formatNumber(records)} of ${formatCount(total, "event")}`}
            </p>
          </div>
        )}
      </Dialog>
    </>
  );
}
