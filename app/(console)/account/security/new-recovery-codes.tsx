"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { late } from "@/components/late";
import { loadReveal } from "@/components/reveal-once";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { api } from "@/lib/http/client";
import { RecoveryCodes } from "./recovery-codes";

const CodeForm = late(() => import("./code-form").then((loaded) => loaded.CodeForm));

/** A new set of recovery codes in place of the old one. */
export function NewRecoveryCodes({ userId }: { userId: string }) {
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  const [codes, setCodes] = useState<string[]>();
  return (
    <>
      <Dialog
        open={isOpen}
        onOpenChange={setOpen}
        width="s"
        trigger={<Button>New recovery codes</Button>}
        title="New recovery codes"
        description="Ten new codes take the place of the present ones, which stop working at once."
      >
        <CodeForm
          action="Make new codes"
          submit={async (code) => {
            const path = `/v1/users/${userId}/second-factor/recovery-codes`;
            await loadReveal();
            const { data } = await api<{ recoveryCodes: string[] }>("POST", path, { code });
            setOpen(false);
            setCodes(data.recoveryCodes);
          }}
        />
      </Dialog>
      <RecoveryCodes
        title="New recovery codes"
        codes={codes}
        onClose={() => {
          setCodes(undefined);
          router.refresh();
        }}
      />
    </>
  );
}
