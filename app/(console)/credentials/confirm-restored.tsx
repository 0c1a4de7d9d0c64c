"use client";

import { useChange } from "@/components/change";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Time } from "@/components/ui/time";
import { formatCount } from "@/lib/format";
import type { ListedCredential } from "@/lib/overview/schema";
import { placesOf } from "./paths";

interface ConfirmRestoredProps {
  credentials: readonly ListedCredential[];
  clear: () => void;
}

/** Lets those that came back with a backup work again. */
export function ConfirmRestored({ credentials, clear }: ConfirmRestoredProps) {
  const change = useChange();
  const counted = formatCount(credentials.length, "restored credential");
  return (
    <ConfirmDialog
      trigger={<Button>Confirm {credentials.length}…</Button>}
      title={`Confirm ${counted}?`}
      description="They work again at once. Confirm only those that nobody has revoked since the backup was taken; revoke the others."
      confirmLabel={`Confirm ${credentials.length}`}
      onConfirm={async () => {
        await change("POST", "/v1/credentials/confirmations", { credentials: credentials.map(({ ZUID }) => ZUID) });
        clear();
      }}
    >
      <ul className="grid max-h-44 gap-1 overflow-y-auto rounded-2 border px-3.5 py-2.5 text-s" tabIndex={0}>
        {credentials.map((each) => (
          <li key={each.ZUID} className="flex justify-between gap-4">
            <span className="min-w-0 truncate">{placesOf(each).title}</span>
            <span className="shrink-0 text-ink-3">
              <Time value={each.lastUsedAt} none="never used" tabIndex={-1} />
            </span>
          </li>
        ))}
      </ul>
    </ConfirmDialog>
  );
}
