"use client";

import { useEffect, useRef, useState } from "react";
import { lateDialog } from "@/components/late";
import { onConfirmIdentity } from "@/lib/http/client";

const ProofDialog = lateDialog(() => import("./proof-dialog").then((loaded) => loaded.ProofDialog));

/** Mounted once in the shell: asks for the password when the API wants a fresh proof of who is acting. */
export function ConfirmIdentity() {
  const [isOpen, setOpen] = useState(false);
  const settle = useRef<(isConfirmed: boolean) => void>(undefined);

  useEffect(
    () =>
      onConfirmIdentity(
        () =>
          new Promise((resolve) => {
            settle.current?.(false);
            settle.current = resolve;
            setOpen(true);
          }),
      ),
    [],
  );

  function finish(isConfirmed: boolean) {
    setOpen(false);
    settle.current?.(isConfirmed);
    settle.current = undefined;
  }

  return <ProofDialog open={isOpen} onDone={finish} />;
}
