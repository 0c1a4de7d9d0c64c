"use client";

import { useState } from "react";
import { reachOf } from "@/app/(console)/admin/setup/apps/access-words";
import { useCreateOnce } from "@/components/change";
import { DialogActions } from "@/components/dialog-actions";
import { Form, useApiForm } from "@/components/form";
import { RevealOnce } from "@/components/reveal-once";
import { Dialog } from "@/components/ui/dialog";
import type { AppRecord } from "@/lib/apps/schema";
import type { KeyRecord } from "@/lib/keys/schema";
import { KeyFields } from "./key-fields";
import { GenerateKeyForm, newKeyForm } from "./key-form";
import { reachPhrases } from "@/app/(console)/credential/words";

interface GenerateKeyProps {
  app: AppRecord;
  open: boolean;
  onOpenChange: (isOpen: boolean) => void;
  /** Called with the id once its value has been stored. */
  onGenerated: (id: string) => void;
}

interface Generated {
  record: KeyRecord;
  secret: string;
}

export function GenerateKey({ app, open, onOpenChange, onGenerated }: GenerateKeyProps) {
  const [generated, setGenerated] = useState<Generated>();

  function show(result: Generated) {
    onOpenChange(false);
    setGenerated(result);
  }

  function forget() {
    if (generated) onGenerated(generated.record.ZUID);
    setGenerated(undefined);
  }

  return (
    <>
      <Dialog
        open={open}
        onOpenChange={onOpenChange}
        title="Generate a key"
        description={`It works on ${reachOf(app.keyAccess)}${app.status === "disabled" ? ", once the app is enabled again" : ""}.`}
      >
        <GenerateForm app={app} onDone={show} />
      </Dialog>
      <RevealOnce
        value={generated?.secret}
        onClose={forget}
        title="Key generated"
        noun="key"
        note={generated && reachPhrases(generated.record, new Date(generated.record.createdAt).getTime()).join(" · ")}
        example={{ authorization: "apikey", path: "/v1/centers" }}
      />
    </>
  );
}

function GenerateForm({ app, onDone }: { app: AppRecord; onDone: (result: Generated) => void }) {
  const createOnce = useCreateOnce<KeyRecord>("key");
  const form = useApiForm({
    schema: GenerateKeyForm,
    defaultValues: newKeyForm(),
    draftKey: `generate-key:${app.ZUID}`,
    submit: async (values) => onDone(await createOnce(`/v1/apps/${app.ZUID}/keys`, values)),
  });
  return (
    <Form form={form}>
      <KeyFields />
      <DialogActions remark="The value is shown once.">Generate key</DialogActions>
    </Form>
  );
}
