"use client";

import { type DragEvent, type FormEvent, useState } from "react";
import { useTrailMemory } from "@/app/(console)/audit/trail-memory";
import { cn } from "@/components/cn";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { splitNotes } from "@/lib/audit/verify/outside";
import { parseRestored } from "@/lib/audit/verify/restored";
import { Outcome } from "./outcome";
import { reportVerification } from "./report-verification";
import { useVerification } from "./use-verification";
import { verifyInWorker } from "./verify-task";

/** Verifies a bundle from a file: nothing of it leaves the browser but what came out. */
export function BundleCard({ log }: { log: string }) {
  const memory = useTrailMemory(log);
  const verification = useVerification();
  const [bundle, setBundle] = useState<File>();
  const [outside, setOutside] = useState<File>();
  const [key, setKey] = useState<string>();
  const [restored, setRestored] = useState("");
  const [isOver, setOver] = useState(false);
  const vkey = key ?? memory?.vkey ?? "";

  function verify(event: FormEvent) {
    event.preventDefault();
    if (!bundle) return;
    void verification.run(async (onProgress, signal) => {
      const notes = outside && splitNotes(await outside.text());
      const accepted = restored
        .split(/[\s,]+/)
        .filter(Boolean)
        .map(parseRestored);
      const pinned = vkey.trim() ? [vkey.trim()] : [];
      const task = { bundle, pinned, restored: accepted, ...(notes && { outside: notes }) };
      const report = await verifyInWorker(task, (events) => onProgress({ events }), signal);
      await reportVerification(report, log, true);
      return report;
    });
  }

  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    setBundle(event.dataTransfer.files[0]);
  }

  return (
    <Card title="Verify a bundle">
      <form
        onSubmit={verify}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        className={cn(
          "grid gap-3 rounded-1 outline-2 outline-offset-4 outline-transparent",
          isOver && "outline-ring outline-dashed",
        )}
      >
        <Field
          label="Bundle"
          hint="Choose the file or drop it here. It does not leave this browser; that you verified it stands on the trail."
        >
          <FileInput accept=".zip" file={bundle} onChange={setBundle} />
        </Field>
        <Field label="Trusted key" optional hint="Without one, the bundle’s own key is taken: compare its fingerprint.">
          <Input
            className="font-mono text-xs"
            value={vkey}
            onChange={({ target }) => setKey(target.value)}
            placeholder="latchkey-…+…+…"
          />
        </Field>
        <Field
          label="Checkpoints from outside"
          optional
          hint="The file the server appends to, from where it cannot change it."
        >
          <FileInput file={outside} onChange={setOutside} />
        </Field>
        <Field
          label="Accepted restores"
          optional
          hint="After a restore from a backup: <epoch>:<size>, as npm run restore said. What it lost is not compared."
        >
          <Input
            className="font-mono text-xs"
            value={restored}
            onChange={({ target }) => setRestored(target.value)}
            placeholder="28598400:1000"
          />
        </Field>
        <Button type="submit" className="justify-self-start" pending={verification.isRunning} disabled={!bundle}>
          Verify the bundle
        </Button>
      </form>
      <Outcome verification={verification} />
    </Card>
  );
}

interface FileInputProps {
  accept?: string;
  file?: File;
  onChange: (file: File | undefined) => void;
}

/** A dropped file is named here as a chosen one is, so the browser's own words are not shown. */
function FileInput({ accept, file, onChange }: FileInputProps) {
  const [isFocused, setFocused] = useState(false);
  return (
    <div
      className={cn(
        "relative flex h-8 items-center rounded-1 border border-control bg-surface px-2.5 text-s",
        isFocused && "outline-2 outline-offset-2 outline-ring",
      )}
    >
      <span className={cn("truncate", !file && "text-ink-3")}>{file?.name ?? "No file chosen"}</span>
      <HiddenFile accept={accept} onFocus={setFocused} onChange={onChange} />
    </div>
  );
}

function HiddenFile({
  accept,
  onFocus,
  onChange,
}: {
  accept?: string;
  onFocus: (is: boolean) => void;
  onChange: FileInputProps["onChange"];
}) {
  return (
    <Input
      type="file"
      accept={accept}
      onFocus={() => onFocus(true)}
      onBlur={() => onFocus(false)}
      onChange={({ target }) => onChange(target.files?.[0])}
      className="absolute inset-0 h-full cursor-pointer opacity-0"
    />
  );
}
