"use client";

import { useWatch } from "react-hook-form";
import { PasswordField } from "@/components/form-fields";
import { lengthOf } from "@/components/password-length";

/** The field of the name `password`, which counts along while it is too short. */
export function NewPasswordField({ label, minLength }: { label: string; minLength: number }) {
  const length = lengthOf(useWatch({ name: "password" }) as string);
  const count = length > 0 && length < minLength ? ` ${length} so far.` : "";
  return (
    <PasswordField
      name="password"
      label={label}
      hint={`${minLength} characters or more; a sentence works.${count}`}
      autoComplete="new-password"
    />
  );
}
