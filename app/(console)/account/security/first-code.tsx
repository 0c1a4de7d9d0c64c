"use client";

import { z } from "zod";
import { DialogActions } from "@/components/dialog-actions";
import { Form, useApiForm } from "@/components/form";
import { QrCode } from "@/components/qr-code";
import { loadReveal } from "@/components/reveal-once";
import { api } from "@/lib/http/client";
import type { Enrollment } from "@/lib/second-factor/schema";
import { CodeField } from "./code-field";

interface FirstCodeProps {
  userId: string;
  enrollment: Enrollment;
  onDone: (recoveryCodes: string[]) => void;
}

/** The secret of a new second factor, and the field for the first code it makes. */
export function FirstCode({ userId, enrollment: { secret, uri }, onDone }: FirstCodeProps) {
  const form = useApiForm({
    schema: z.object({ code: z.string().trim().min(1, "Enter the code that the app shows.") }),
    defaultValues: { code: "" },
    submit: async (values) => {
      const path = `/v1/users/${userId}/second-factor`;
      await loadReveal();
      const { data } = await api<{ recoveryCodes: string[] }>("PUT", path, values);
      onDone(data.recoveryCodes);
    },
  });
  return (
    <Form form={form}>
      <div className="flex flex-wrap items-center gap-5">
        <QrCode text={uri} label="The key as a QR code" />
        <div className="min-w-0 flex-1 basis-48">
          <p className="text-s font-medium">The key</p>
          <code translate="no" className="mt-1 block font-mono text-s leading-relaxed wrap-anywhere">
            {secret.replace(/(.{4})(?=.)/g, "$1 ")}
          </code>
          <p className="mt-2 text-xs text-ink-3">Time-based, six digits, every 30 seconds. It is not shown again.</p>
        </div>
      </div>
      <CodeField label="Code" hint="Six digits." />
      <DialogActions>Turn on</DialogActions>
    </Form>
  );
}
