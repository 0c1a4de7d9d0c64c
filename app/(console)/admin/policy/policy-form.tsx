"use client";

import { useState } from "react";
import { useChange } from "@/components/change";
import { Form, SubmitButton, useApiForm } from "@/components/form";
import { FormField } from "@/components/form-fields";
import { changedFields } from "@/components/form-values";
import { RadioField } from "@/components/radio-field";
import { toast } from "@/components/toast";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Input } from "@/components/ui/input";
import type { Policy, PolicyReach, UpdatePolicy } from "@/lib/policy/schema";
import { type PolicyNumber, SECOND_FACTOR } from "@/lib/policy/terms";
import { toValues } from "./policy-values";
import { consequencesOf, FACTORS, GROUPS, rangeWords, SSO, WORDS } from "./policy-words";

interface PolicyFormProps {
  policy: Policy;
  reach: PolicyReach;
}

/** The rules as fields; what a change ends is said and confirmed before it is sent. */
export function PolicyForm({ policy, reach }: PolicyFormProps) {
  const change = useChange();
  const [asked, setAsked] = useState<{ changed: UpdatePolicy; consequences: string[] }>();

  async function save(changed: UpdatePolicy) {
    await change("PATCH", "/v1/policy", changed);
    toast("The policy was changed.", "success");
  }

  const form = useApiForm({
    schema: () => import("./policy-request").then((loaded) => loaded.PolicyRequest),
    defaultValues: toValues(policy),
    draftKey: "policy",
    submit: async (values) => {
      const changed = changedFields(values, policy);
      if (!changed) return;
      const consequences = consequencesOf(policy, values, reach);
      if (consequences.length > 0) setAsked({ changed, consequences });
      else await save(changed);
    },
  });
  const { isDirty } = form.fields.formState;

  return (
    <>
      <Form form={form} className="max-w-[760px]">
        {GROUPS.map(({ title, fields }) => (
          <Card key={title} title={title}>
            <div className="grid gap-4">
              {fields.map((field) => (
                <NumberField key={field} name={field} />
              ))}
            </div>
          </Card>
        ))}
        <Card title="Signing in">
          <div className="grid gap-4">
            <RadioField
              name="secondFactor"
              label="Who needs a second factor"
              options={SECOND_FACTOR.map((value) => ({
                value,
                label: FACTORS[value].label,
                hint: FACTORS[value].does,
              }))}
            />
            <FormField name="linksSsoByEmail" label="Single sign-on" hideLabel>
              {({ value, onChange }) => (
                <Checkbox label={SSO.label} hint={SSO.does} checked={value} onCheckedChange={onChange} />
              )}
            </FormField>
          </div>
        </Card>
        <div className="sticky bottom-0 -mx-1 flex flex-wrap items-center gap-2 border-t bg-canvas px-1 py-3">
          <SubmitButton disabled={!isDirty}>Save changes</SubmitButton>
          <Button variant="ghost" disabled={!isDirty} onClick={() => form.fields.reset()}>
            Undo
          </Button>
          {!isDirty && <span className="text-s text-ink-3">Nothing is changed yet.</span>}
        </div>
      </Form>
      <ConfirmDialog
        open={asked !== undefined}
        onOpenChange={(isOpen) => !isOpen && setAsked(undefined)}
        title="Change the policy?"
        description="It applies at once:"
        confirmLabel="Change the policy"
        onConfirm={() => asked && save(asked.changed)}
      >
        <ul className="grid gap-2">
          {asked?.consequences.map((sentence) => (
            <li key={sentence}>
              <Banner tone="warn">{sentence}</Banner>
            </li>
          ))}
        </ul>
      </ConfirmDialog>
    </>
  );
}

/** A number with its unit behind it and its range in the hint. */
function NumberField({ name }: { name: PolicyNumber }) {
  const { label, unit, does } = WORDS[name];
  return (
    <FormField name={name} label={label} hint={`${does} From ${rangeWords(name)}.`}>
      {(bound) => (
        <div className="flex items-center gap-2 text-ink-2">
          <Input {...bound} inputMode="numeric" autoComplete="off" className="w-24 text-right tabular-nums" />
          {bound.value === "1" ? unit : `${unit}s`}
        </div>
      )}
    </FormField>
  );
}
