"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { ExportDialog, useExport } from "@/app/(console)/audit/export-dialog";
import { rememberTrail, useTrailMemory } from "@/app/(console)/audit/trail-memory";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { rememberedCheckpoint } from "@/lib/audit/verify/memory";
import { formatCount } from "@/lib/format";
import { Outcome } from "./outcome";
import { useVerification } from "./use-verification";
import { verifyTrail } from "./verify-trail";

interface VerifyCardProps {
  log: string;
  size: number;
  /** The first event that is not archived. */
  first: number;
}

/** Verifies all of the trail, or a range of it, in this browser; or takes it away as a file. */
export function VerifyCard({ log, size, first }: VerifyCardProps) {
  const router = useRouter();
  const verification = useVerification();
  const exporting = useExport();
  const [range, setRange] = useState({ fromSeq: "", toSeq: "" });
  const given = Object.fromEntries(Object.entries(range).filter(([, value]) => value !== ""));
  const field = (name: keyof typeof range, label: string, placeholder: number) => (
    <Field label={label} className="w-32">
      <Input
        inputMode="numeric"
        pattern="[0-9]*"
        placeholder={String(placeholder)}
        value={range[name]}
        onChange={({ target }) => setRange({ ...range, [name]: target.value.replace(/\D/g, "") })}
      />
    </Field>
  );

  function verify(event: FormEvent) {
    event.preventDefault();
    void verification
      .run((onProgress, signal) => verifyTrail({ log, ...given }, onProgress, signal))
      .then(() => router.refresh());
  }

  return (
    <Card title="Verify in this browser" footer={<Known log={log} />}>
      <p className="mb-3 max-w-[66ch] text-s text-ink-2">
        The browser reads the events, computes their hashes and the root of the tree, checks the signature, and compares
        with what it has seen before. It does not take the server’s word for any of it. That you did so stands on the
        trail.
      </p>
      <form onSubmit={verify} className="flex flex-wrap items-end gap-3">
        {field("fromSeq", "From event", first)}
        {field("toSeq", "Up to, without", size)}
        <Button type="submit" variant="primary" pending={verification.isRunning} disabled={size === 0}>
          {Object.keys(given).length > 0 ? "Verify the range" : "Verify the whole trail"}
        </Button>
        <Button onClick={() => void exporting.start(`/v1/audit/bundle?${new URLSearchParams(given)}`)}>
          Export bundle
        </Button>
      </form>
      <ExportDialog about="The events with what proves them, all or those of the range." exporting={exporting} />
      <Outcome verification={verification} />
    </Card>
  );
}

/** What this browser goes by, and how to make it begin anew. */
function Known({ log }: { log: string }) {
  const memory = useTrailMemory(log);
  if (!memory)
    return "This browser has not verified the trail yet. It will trust the key it sees first: compare the fingerprint.";
  const [name] = memory.vkey.split("+");
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
      <span>
        This browser trusts <code className="font-mono text-xs">{name}</code> and has seen{" "}
        {formatCount(rememberedCheckpoint(memory).size, "event")}.
      </span>
      <Button size="s" variant="ghost" onClick={() => rememberTrail(log, undefined)}>
        Forget that
      </Button>
    </div>
  );
}
