"use client";

import { Dialog } from "radix-ui";
import type { ReactNode } from "react";
import { SubmitButton } from "@/components/form";
import { Button } from "@/components/ui/button";

/** The strip at the end of a form in a dialog; it stays in view while the fields scroll. */
export function DialogActions({ children, remark }: { children: ReactNode; remark?: ReactNode }) {
  return (
    <div className="sticky -bottom-5 -mx-6 mt-1 -mb-5 flex flex-wrap items-center justify-end gap-2 border-t bg-sunken px-6 py-3 max-sm:-mx-4 max-sm:px-4">
      {remark && <span className="mr-auto text-s text-ink-3">{remark}</span>}
      <Dialog.Close asChild>
        <Button>Cancel</Button>
      </Dialog.Close>
      <SubmitButton>{children}</SubmitButton>
    </div>
  );
}
