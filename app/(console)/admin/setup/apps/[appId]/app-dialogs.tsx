"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { APPS_PATH } from "@/app/(console)/admin/setup/apps/crumbs";
import { useChange, useCreateOnce } from "@/components/change";
import { RevealOnce } from "@/components/reveal-once";
import { toast } from "@/components/toast";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Time } from "@/components/ui/time";
import type { AppRecord } from "@/lib/apps/schema";
import { formatCount } from "@/lib/format";
import { api } from "@/lib/http/client";
import { EditApp } from "./edit-app";

export type AppDialog = "details" | "access" | "secret" | "switch" | "delete";

interface AppDialogsProps {
  app: AppRecord;
  dialog?: AppDialog;
  close: () => void;
}

/** What can be done to an app, each after a sentence on what it does. */
export function AppDialogs({ app, dialog, close }: AppDialogsProps) {
  const router = useRouter();
  const change = useChange();
  const createOnce = useCreateOnce<AppRecord>("secret");
  const [secret, setSecret] = useState<string>();
  const path = `/v1/apps/${app.ZUID}`;
  const isEnabled = app.status === "active";
  const keys = formatCount(app.liveKeys, "live key");
  const bind = (name: AppDialog) => ({ open: dialog === name, onOpenChange: (isOpen: boolean) => !isOpen && close() });

  async function replaceSecret() {
    setSecret((await createOnce(`${path}/secret`, {})).secret);
  }

  async function switchOver() {
    await change("PATCH", path, { enabled: !isEnabled });
    toast(isEnabled ? `${app.name} is disabled.` : `${app.name} is enabled.`);
  }

  // The page of a deleted app is gone, so it is left instead of read again.
  async function deleteApp() {
    await api("DELETE", path);
    toast(`${app.name} and its keys are deleted.`);
    router.replace(APPS_PATH);
    router.refresh();
  }

  return (
    <>
      <EditApp
        app={app}
        part={dialog === "access" ? "access" : "details"}
        {...bind("details")}
        open={dialog === "details" || dialog === "access"}
      />
      <ConfirmDialog
        {...bind("secret")}
        title="Replace the app secret?"
        description={
          <>
            The present one, <code className="font-mono text-xs">{app.secretHint}</code>, fails the moment the new one
            exists. Its API keys go on working.
          </>
        }
        confirmLabel="Replace secret"
        onConfirm={replaceSecret}
      />
      <ConfirmDialog
        {...bind("switch")}
        title={isEnabled ? `Disable ${app.name}?` : `Enable ${app.name}?`}
        description={
          isEnabled
            ? `Its ${keys} and its login tokens are refused at once. Nothing is lost: you can enable it again.`
            : `Its ${keys} and its login tokens work again at once.`
        }
        confirmLabel={isEnabled ? "Disable app" : "Enable app"}
        danger={isEnabled}
        onConfirm={switchOver}
      />
      <ConfirmDialog
        {...bind("delete")}
        title={`Delete ${app.name}?`}
        description={
          app.liveKeys === 0
            ? "It has no live key. The app goes for good; its history stays in the audit trail."
            : `Its ${keys} ${app.liveKeys === 1 ? "is" : "are"} revoked at once and for good. The history stays in the audit trail.`
        }
        confirmLabel={app.liveKeys === 0 ? "Delete app" : `Delete app and revoke ${keys}`}
        danger
        typedName={app.liveKeys > 0 ? app.name : undefined}
        onConfirm={deleteApp}
      >
        {app.liveKeys > 0 && (
          <p className="text-s text-ink-2">
            Last call with one of its keys: <Time value={app.lastUsedAt} none="never" />.
          </p>
        )}
      </ConfirmDialog>
      <RevealOnce
        value={secret}
        onClose={() => setSecret(undefined)}
        title="App secret replaced"
        noun="app secret"
        note="used to exchange login credentials for tokens"
      />
    </>
  );
}
