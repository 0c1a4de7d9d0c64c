"use client";

import type { ComponentProps, ReactElement } from "react";
import { useController, useFormContext, type ControllerRenderProps, type FieldValues } from "react-hook-form";
import { Field, type FieldProps } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import { Textarea } from "@/components/ui/textarea";

export type Around = Omit<FieldProps, "children" | "error" | "className"> & { name: string; fieldClassName?: string };

/** Any control in a form: `<FormField name label>{(field) => <Control {...field} />}</FormField>` */
export function FormField({
  name,
  fieldClassName,
  children,
  ...field
}: Around & { children: (field: ControllerRenderProps<FieldValues, string>) => ReactElement }) {
  const { control } = useFormContext();
  const { field: bound, fieldState } = useController({ control, name });
  return (
    <Field {...field} className={fieldClassName} error={fieldState.error?.message}>
      {children(bound)}
    </Field>
  );
}

/** What goes to the field, and what to its control. */
export function around<P extends Around>(props: P) {
  const { name, label, hint, optional, required, hideLabel, fieldClassName, ...control } = props;
  return [{ name, label, hint, optional, required, hideLabel, fieldClassName }, control] as const;
}

export function TextField(props: Around & Omit<ComponentProps<typeof Input>, "name">) {
  const [field, control] = around(props);
  return <FormField {...field}>{(bound) => <Input {...control} {...bound} value={bound.value ?? ""} />}</FormField>;
}

export function PasswordField(props: Around & Omit<ComponentProps<typeof PasswordInput>, "name">) {
  const [field, control] = around(props);
  return (
    <FormField {...field}>{(bound) => <PasswordInput {...control} {...bound} value={bound.value ?? ""} />}</FormField>
  );
}

export function TextareaField(props: Around & Omit<ComponentProps<typeof Textarea>, "name">) {
  const [field, control] = around(props);
  return <FormField {...field}>{(bound) => <Textarea {...control} {...bound} value={bound.value ?? ""} />}</FormField>;
}
