"use client";

import { useWatch } from "react-hook-form";
import { useCreateOnce } from "@/components/change";
import { DialogActions } from "@/components/dialog-actions";
import { Form, useApiForm } from "@/components/form";
import { TextareaField, TextField } from "@/components/form-fields";
import { RadioField } from "@/components/radio-field";
import { ApiError } from "@/lib/http/client";
import { CreateStream as Request, type StreamRecord } from "@/lib/streams/schema";

const NEW_STREAM = { kind: "webhook", name: "", url: "", certificate: "", from: "next" } as const;

export function CreateForm({ onDone }: { onDone: (secret: string | undefined) => void }) {
  const create = useCreateStream();
  const form = useApiForm({
    schema: Request,
    defaultValues: NEW_STREAM,
    draftKey: "create-stream",
    submit: async (values) => onDone(await create(values)),
  });
  const kind = useWatch({ control: form.fields.control, name: "kind" });
  return (
    <Form form={form}>
      <RadioField
        name="kind"
        label="Kind"
        options={[
          { value: "webhook", label: "Webhook", hint: "Batches of events as JSON, signed with HMAC-SHA-256." },
          { value: "syslog", label: "Syslog over TLS", hint: "One message for each event, after RFC 5424 and 5425." },
        ]}
      />
      <TextField name="name" label="Name" required autoComplete="off" placeholder="SIEM" />
      <AddressField kind={kind} />
      <CertificateField />
      <RadioField
        name="from"
        label="Begin with"
        options={[
          { value: "next", label: "The next event" },
          { value: "first", label: "The first event that is kept", hint: "The whole trail is sent first." },
        ]}
      />
      <DialogActions remark={kind === "webhook" && "The secret is shown once."}>Create stream</DialogActions>
    </Form>
  );
}

/** A syslog stream has no secret, so its answer may come again without one. */
function useCreateStream() {
  const createOnce = useCreateOnce<StreamRecord>("secret");
  return async (values: Request): Promise<string | undefined> => {
    if (values.kind === "webhook") return (await createOnce("/v1/streams", values)).secret;
    await createOnce("/v1/streams", values).catch((error: unknown) => {
      if (!(error instanceof ApiError) || error.code !== "secret_lost") throw error;
    });
    return undefined;
  };
}

export const AddressField = ({ kind }: { kind: StreamRecord["kind"] }) => (
  <TextField
    name="url"
    label="Address"
    required
    autoComplete="off"
    spellCheck={false}
    className="font-mono"
    placeholder={kind === "webhook" ? "https://siem.example.com/latchkey" : "tls://logs.example.com:6514"}
  />
);

export const CertificateField = () => (
  <TextareaField
    name="certificate"
    label="Certificate authority"
    optional
    rows={3}
    spellCheck={false}
    className="font-mono text-xs"
    placeholder="-----BEGIN CERTIFICATE-----"
    hint="Only for a server whose certificate no public authority has signed: the one to trust instead, in PEM."
  />
);
