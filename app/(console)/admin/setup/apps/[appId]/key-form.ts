import { type LimitForm, limitsOf, NO_LIMITS, toLimitForm } from "@/app/(console)/credential/limit-form";
import { formRequest } from "@/components/form-request";
import { toInstant, toLocal } from "@/components/form-values";
import { GenerateKey, type KeyRecord, UpdateKey } from "@/lib/keys/schema";

/** A key as its forms hold it: times are local. */
export type KeyForm = LimitForm & {
  name: string;
  description: string;
  expiry: "never" | "at" | `${number}`;
  expiresAt: string;
  notBefore: string;
};

const DAY = 86_400_000;

const inDays = (days: number) => toLocal(new Date(Date.now() + days * DAY).toISOString());

export const newKeyForm = (): KeyForm => ({
  name: "",
  description: "",
  expiry: "never",
  expiresAt: inDays(30),
  notBefore: "",
  ...NO_LIMITS,
});

export const toKeyForm = (key: KeyRecord): KeyForm => ({
  name: key.name,
  description: key.description,
  expiry: key.expiresAt === null ? "never" : "at",
  expiresAt: key.expiresAt === null ? inDays(30) : toLocal(key.expiresAt),
  notBefore: toLocal(key.notBefore),
  ...toLimitForm(key),
});

/** The end that was chosen: none, so many days from now, or the local time that was typed. */
function endOf({ expiry, expiresAt }: KeyForm): string | null {
  if (expiry === "never") return null;
  return toInstant(expiry === "at" ? expiresAt : inDays(Number(expiry))) ?? "";
}

export const reachOfForm = (form: KeyForm) => ({
  expiresAt: endOf(form),
  notBefore: toInstant(form.notBefore),
  ...limitsOf(form),
});

const toRequest = (form: KeyForm) => ({ name: form.name, description: form.description, ...reachOfForm(form) });

export const GenerateKeyForm = formRequest(GenerateKey, toRequest);
export const EditKeyForm = formRequest(UpdateKey, toRequest);
