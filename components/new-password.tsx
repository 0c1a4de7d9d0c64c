"use client";

import { useWatch } from "react-hook-form";
import { z } from "zod";
import { PasswordField } from "@/components/form-fields";

const lengthOf = (password: string) => [...password].length;

/** A new password in a form; whether it is easy to guess is the server's to say. */
export const newPassword = (minLength: number) =>
  z.string().refine((value) => lengthOf(value) >= minLength, `needs at least ${minLength} characters`);

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
