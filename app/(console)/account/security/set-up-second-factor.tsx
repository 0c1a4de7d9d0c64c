"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { z } from "zod";
import { Form, useApiForm } from "@/components/form";
import { DialogActions } from "@/components/dialog-actions";
import { Failure } from "@/components/failure";
import { QrCode } from "@/components/qr-code";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { api } from "@/lib/http/client";
import type { Enrollment } from "@/lib/second-factor/schema";
import { CodeField } from "./code-field";
import { RecoveryCodes } from "./recovery-codes";

/** Shows a new secret, takes its first code, and then shows the recovery codes. */
export function SetUpSecondFactor({ userId, isRequired }: { userId: string; isRequired: boolean }) {
  const router = useRouter();
  const [enrollment, setEnrollment] = useState<Enrollment>();
  const [codes, setCodes] = useState<string[]>();
  const [failure, setFailure] = useState<Error>();
  const [isPending, setPending] = useState(false);

  async function start() {
    setPending(true);
    setFailure(undefined);
    try {
      setEnrollment((await api<Enrollment>("POST", `/v1/users/${userId}/second-factor`, {})).data);
    } catch (error) {
      setFailure(error instanceof Error ? error : new Error("It did not start."));
    }
    setPending(false);
  }

  return (
    <>
      {failure && (
        <div className="mb-4">
          <Failure error={failure} />
        </div>
      )}
      <Button variant={isRequired ? "primary" : "secondary"} pending={isPending} onClick={start}>
        Set up
      </Button>
      <Dialog
        open={enrollment !== undefined}
        onOpenChange={(open) => !open && setEnrollment(undefined)}
        title="Set up a second factor"
        description="Scan this with your authenticator app, or type the key into it. Then enter the code it shows."
      >
        {enrollment && (
          <FirstCode
            userId={userId}
            enrollment={enrollment}
            onDone={(recoveryCodes) => {
              setEnrollment(undefined);
              setCodes(recoveryCodes);
            }}
          />
        )}
      </Dialog>
      <RecoveryCodes
        title="The second factor is on"
        codes={codes}
        onClose={() => {
          setCodes(undefined);
          router.refresh();
        }}
      />
    </>
  );
}

interface FirstCodeProps {
  userId: string;
  enrollment: Enrollment;
  onDone: (recoveryCodes: string[]) => void;
}

function FirstCode({ userId, enrollment: { secret, uri }, onDone }: FirstCodeProps) {
  const form = useApiForm({
    schema: z.object({ code: z.string().trim().min(1, "Enter the code that the app shows.") }),
    defaultValues: { code: "" },
    submit: async (values) => {
      const path = `/v1/users/${userId}/second-factor`;
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
