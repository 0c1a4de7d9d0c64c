"use client";

import { useRouter } from "next/navigation";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useState } from "react";
import { LimitFields } from "@/app/(console)/credential/limit-fields";
import { useCreateOnce } from "@/components/change";
import { Form, SubmitButton, useApiForm } from "@/components/form";
import { TextareaField, TextField } from "@/components/form-fields";
import { useFocusOnFaulty } from "@/components/form-steps";
import { useLeaveGuard } from "@/components/leave-guard";
import { RevealOnce } from "@/components/reveal-once";
import { SelectField } from "@/components/select-field";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { PageHeader } from "@/components/ui/page-header";
import { Steps } from "@/components/ui/steps";
import { formatCount, formatDateTime } from "@/lib/format";
import type { InstanceRecord } from "@/lib/instances/schema";
import type { IssueOptions, TokenRecord } from "@/lib/tokens/schema";
import { NarrowerRole } from "./narrower-role";
import { TokenRolePicker } from "./role-choice";
import { daysWithin, newTokenForm, type TokenForm } from "./token-form";
import { type Catalogue, TokenReview } from "./token-review";

const STEPS = ["configure", "review"] as const;

interface IssueTokenWizardProps extends Catalogue {
  instance: InstanceRecord;
  options: IssueOptions;
  mayMakeRoles: boolean;
}

/** Configure → Review, then the value once. The step is in the address, so Back and Forward walk them and keep the input. */
export function IssueTokenWizard({ instance, options, mayMakeRoles, ...catalogue }: IssueTokenWizardProps) {
  const { maxDays, roles } = options;
  const router = useRouter();
  const createOnce = useCreateOnce<TokenRecord>("token");
  const [asked, setStep] = useQueryState("step", parseAsStringLiteral(STEPS).withOptions({ history: "push" }));
  const [issued, setIssued] = useState<TokenRecord>();
  const [secret, setSecret] = useState<string>();
  const [leave, setLeave] = useState<() => void>();
  const form = useApiForm({
    schema: () => import("./token-request").then((loaded) => loaded.issueTokenForm(instance.ZUID, roles)),
    defaultValues: newTokenForm(maxDays),
    draftKey: `issue-token:${instance.ZUID}`,
    submit: async (values) => {
      const { record, secret } = await createOnce("/v1/tokens", values);
      setIssued(record);
      setSecret(secret);
    },
  });
  const { trigger, formState, getFieldState, getValues } = form.fields;
  useLeaveGuard((go) => setLeave(() => go), formState.isDirty && !issued);

  // A review in the address of a form that holds nothing is an old address.
  const role = roles.find(({ ZUID }) => ZUID === getValues("roleZUID"));
  const step = asked === "review" && formState.isDirty && role ? "review" : "configure";
  useFocusOnFaulty(form.fields, step);

  async function next(event?: React.BaseSyntheticEvent) {
    event?.preventDefault();
    if (await trigger(undefined, { shouldFocus: true })) await setStep("review");
  }

  async function issue(event?: React.BaseSyntheticEvent) {
    event?.preventDefault();
    await form.send();
    // Every field stands on the first step, and so does what the server says about one.
    const names = Object.keys(getValues()) as (keyof TokenForm)[];
    if (names.some((name) => getFieldState(name).invalid)) await setStep("configure");
  }

  function open() {
    setSecret(undefined);
    if (issued) router.replace(`/instances/${instance.ZUID}/tokens/${issued.ZUID}`);
  }

  return (
    <>
      <PageHeader title="Issue an access token" sub={`For one program, on ${instance.name} alone.`} />
      <Steps steps={["Configure", "Review"]} current={STEPS.indexOf(step)} />
      <Form form={{ ...form, send: step === "review" ? issue : next }} className="max-w-[980px] gap-4.5">
        {step === "review" && role ? (
          <TokenReview form={getValues()} role={role} instanceName={instance.name} {...catalogue} />
        ) : (
          <Card className="max-w-[680px]">
            <div className="grid gap-4.5">
              <TextField
                name="name"
                label="Name"
                required
                autoFocus
                autoComplete="off"
                hint="The audit trail shows what it did under this name."
              />
              <TextareaField name="description" label="Purpose" optional rows={2} />
              <TokenRolePicker roles={roles} />
              {mayMakeRoles && (
                <NarrowerRole
                  instance={instance}
                  roles={roles}
                  chosen={form.fields.watch("roleZUID")}
                  onMade={(roleId) => form.fields.setValue("roleZUID", roleId, { shouldDirty: true })}
                />
              )}
              <SelectField
                name="expiresInDays"
                label="Expires"
                options={daysWithin(maxDays).map((days) => ({
                  value: String(days),
                  label: `In ${formatCount(days, "day")}`,
                }))}
                hint={`At most ${formatCount(maxDays, "day")}, by the policy of the organization. It can be renewed.`}
              />
              <LimitFields />
            </div>
          </Card>
        )}
        <div className="flex gap-2">
          {step === "review" && <Button onClick={() => router.back()}>Back</Button>}
          <SubmitButton disabled={issued !== undefined}>{step === "review" ? "Issue token" : "Review"}</SubmitButton>
        </div>
      </Form>
      <RevealOnce
        value={secret}
        onClose={open}
        title="Token issued"
        noun="token"
        note={issued && `expires on ${formatDateTime(issued.expiry, undefined, false)}`}
        example={{ authorization: "bearer", path: "/v1/token" }}
      />
      <ConfirmDialog
        open={leave !== undefined}
        onOpenChange={(isOpen) => !isOpen && setLeave(undefined)}
        title="Leave without issuing the token?"
        description="What you have typed is lost. No token has been issued."
        confirmLabel="Leave"
        cancelLabel="Stay"
        onConfirm={() => leave?.()}
      />
    </>
  );
}
