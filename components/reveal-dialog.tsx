"use client";

import { AlertDialog } from "radix-ui";
import { useEffect, useRef, useState } from "react";
import { copyText } from "@/components/clipboard";
import { useIsHydrated } from "@/components/clock";
import { downloadText } from "@/components/download";
import { cn } from "@/components/cn";
import { useLeaveGuard } from "@/components/leave-guard";
import type { RevealOnceProps } from "@/components/reveal-once";
import { RevealValue } from "@/components/reveal-value";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { DialogBody, DialogFooter, DialogHeader, panel, veil, widths } from "@/components/ui/dialog-parts";
import { returnFocus } from "@/components/ui/return-focus";

type CopyState = "not yet" | "copied" | "by hand";

const WORDS: Record<CopyState, string> = {
  "not yet": "Not copied yet",
  copied: "Copied",
  "by hand": "This page may not use the clipboard. The value is selected: press Ctrl+C, or ⌘C on a Mac.",
};

export function RevealDialog({
  value,
  onClose,
  title,
  about,
  noun,
  note,
  loss,
  fileName,
  example,
}: RevealOnceProps & { value: string }) {
  const [isRevealed, setRevealed] = useState(false);
  const [isStored, setStored] = useState(false);
  const [isLeaving, setLeaving] = useState(false);
  const [copyState, setCopyState] = useState<CopyState>("not yet");
  const shown = useRef<HTMLElement>(null);
  const origin = useIsHydrated() ? location.origin : "";
  useLeaveGuard(() => setLeaving(true));

  // Selected after the value is in the page, which the failed copy has caused.
  useEffect(() => {
    if (copyState === "by hand" && shown.current) getSelection()?.selectAllChildren(shown.current);
  }, [copyState]);

  async function copy() {
    if (await copyText(value)) return setCopyState("copied");
    setRevealed(true);
    setCopyState("by hand");
  }

  function copiedByHand() {
    if (getSelection()?.toString().trim() === value) setCopyState("copied");
  }

  return (
    <AlertDialog.Root open onOpenChange={(open) => !open && setLeaving(true)}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className={veil} />
        <AlertDialog.Content
          onCloseAutoFocus={returnFocus}
          onOpenAutoFocus={focusItself}
          className={cn(panel, widths.l, "max-w-[620px] select-none")}
          onCopy={copiedByHand}
        >
          <DialogHeader title={<AlertDialog.Title className="text-l font-semibold">{title}</AlertDialog.Title>}>
            <AlertDialog.Description className="mt-1 text-ink-2">
              {about ?? "This is the only time the value is shown. Store it on your server now."}
            </AlertDialog.Description>
          </DialogHeader>
          <DialogBody className="grid gap-4">
            <div className="rounded-2 border border-brass-line bg-brass-soft px-3.5 py-3">
              <div className="flex items-center justify-between gap-3 max-sm:flex-col max-sm:items-stretch">
                <RevealValue element={shown} value={value} isRevealed={isRevealed} />
                <span className="flex justify-end gap-2">
                  <Button aria-pressed={isRevealed} onClick={() => setRevealed(!isRevealed)}>
                    {isRevealed ? "Hide" : "Reveal"}
                  </Button>
                  {fileName && <Button onClick={() => downloadText(fileName, value)}>Download</Button>}
                  <Button variant="primary" onClick={copy}>
                    Copy
                  </Button>
                </span>
              </div>
              <div className="mt-2 flex flex-wrap justify-between gap-x-4 text-s text-brass">
                <span role="status">{WORDS[copyState]}</span>
                {note && <span>{note}</span>}
              </div>
            </div>
            {example && (
              <pre className="overflow-x-auto rounded-2 border bg-sunken px-3.5 py-2.5 font-mono text-xs leading-relaxed text-ink-2">
                {`curl -H "Authorization: ${example.authorization} ${example.authorization === "bearer" ? "$TOKEN" : "$KEY"}" \\\n  ${origin}${example.path}`}
              </pre>
            )}
            <Checkbox label={`I have stored this ${noun}`} checked={isStored} onCheckedChange={(on) => setStored(on)} />
          </DialogBody>
          {isLeaving ? (
            <DialogFooter key="leaving" role="alert" className="bg-bad-soft text-bad">
              <span className="basis-full">
                The value cannot be shown again. {loss ?? `You would have to rotate this ${noun}.`}
              </span>
              <Button autoFocus onClick={() => setLeaving(false)}>
                Go back
              </Button>
              <Button variant="danger" onClick={onClose}>
                Close without storing it
              </Button>
            </DialogFooter>
          ) : (
            <DialogFooter key="done">
              <span className="mr-auto">{loss ?? "Closing without storing it means rotating it."}</span>
              <Button variant={isStored ? "primary" : "secondary"} disabled={!isStored} onClick={onClose}>
                Done
              </Button>
            </DialogFooter>
          )}
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

/** An alert dialog wants a Cancel button to put the focus on, and this one has none. */
function focusItself(event: Event) {
  event.preventDefault();
  (event.currentTarget as HTMLElement).focus();
}
