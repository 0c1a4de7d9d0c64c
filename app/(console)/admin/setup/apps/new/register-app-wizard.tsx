"use client";

import { useRouter } from "next/navigation";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useState } from "react";
import { useCreateOnce } from "@/components/change";
import { Form, SubmitButton, useApiForm } from "@/components/form";
import { useFocusOnFaulty } from "@/components/form-steps";
import { useLeaveGuard } from "@/components/leave-guard";
import { RevealOnce } from "@/components/reveal-once";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { PageHeader } from "@/components/ui/page-header";
import { Steps } from "@/components/ui/steps";
import type { AppRecord } from "@/lib/apps/schema";
import { AccessFields, DetailsFields } from "@/app/(console)/admin/setup/apps/app-fields";
import { type AppForm, NEW_APP } from "@/app/(console)/admin/setup/apps/app-form";
import { APPS_PATH } from "@/app/(console)/admin/setup/apps/crumbs";
import { AppReview } from "./app-review";

const STEPS = ["details", "permissions", "credentials"] as const;
const FIELDS_OF: Record<(typeof STEPS)[number], (keyof AppForm)[]> = {
  details: ["name", "uri", "description", "loginUserType", "postLoginRedirects", "postLogoutRedirects"],
  permissions: ["keyAccess", "keyPermissions", "loginAccess", "loginPermissions"],
  credentials: [],
};

/** Details → Permissions → Credentials. The step is in the address, so Back and Forward walk them and keep the input. */
export function RegisterAppWizard() {
  const router = useRouter();
  const createOnce = useCreateOnce<AppRecord>("secret");
  const [asked, setStep] = useQueryState("step", parseAsStringLiteral(STEPS).withOptions({ history: "push" }));
  const [created, setCreated] = useState<AppRecord>();
  const [secret, setSecret] = useState<string>();
  const [leave, setLeave] = useState<() => void>();
  const form = useApiForm({
    schema: () => import("./register-request").then((loaded) => loaded.RegisterAppForm),
    defaultValues: NEW_APP,
    draftKey: "register-app",
    submit: async (values) => {
      const { record, secret } = await createOnce("/v1/apps", values);
      setCreated(record);
      setSecret(secret);
    },
  });
  const { trigger, getFieldState, setFocus, formState } = form.fields;
  useLeaveGuard((go) => setLeave(() => go), formState.isDirty && !created);

  // A step in the address of a form that holds nothing is an old address.
  const step = asked && (formState.isDirty || form.startOver) ? asked : "details";
  const index = STEPS.indexOf(step);
  useFocusOnFaulty(form.fields, step);

  async function next(event?: React.BaseSyntheticEvent) {
    event?.preventDefault();
    if (await trigger(FIELDS_OF[step])) return void (await setStep(STEPS[index + 1] ?? null));
    const faulty = FIELDS_OF[step].find((field) => getFieldState(field).invalid);
    if (faulty) setFocus(faulty);
  }

  async function register(event?: React.BaseSyntheticEvent) {
    event?.preventDefault();
    await form.send();
    const faulty = STEPS.find((each) => FIELDS_OF[each].some((field) => getFieldState(field).invalid));
    if (faulty) await setStep(faulty);
  }

  function open() {
    setSecret(undefined);
    if (created) router.replace(`${APPS_PATH}/${created.ZUID}`);
  }

  return (
    <>
      <PageHeader title="Register an app" />
      <Steps steps={["Details", "Permissions", "Credentials"]} current={index} />
      <Form form={{ ...form, send: step === "credentials" ? register : next }} className="max-w-[980px] gap-4.5">
        {step === "credentials" ? (
          <AppReview form={form.fields.getValues()} />
        ) : (
          <Card key={step} className="max-w-[680px]">
            <div className="grid gap-4.5">{step === "details" ? <DetailsFields /> : <AccessFields />}</div>
          </Card>
        )}
        <div className="flex gap-2">
          {index > 0 && <Button onClick={() => router.back()}>Back</Button>}
          <SubmitButton disabled={created !== undefined}>
            {step === "credentials" ? "Register app" : "Continue"}
          </SubmitButton>
        </div>
      </Form>
      <RevealOnce
        value={secret}
        onClose={open}
        title="App registered"
        noun="app secret"
        note="used to exchange login credentials for tokens"
      />
      <ConfirmDialog
        open={leave !== undefined}
        onOpenChange={(isOpen) => !isOpen && setLeave(undefined)}
        title="Leave without registering the app?"
        description="What you have typed is lost. No app has been registered."
        confirmLabel="Leave"
        cancelLabel="Stay"
        onConfirm={() => leave?.()}
      />
    </>
  );
}
