import { formRequest, toInstant, toLines, toLocal } from "@/components/form-request";
import { GenerateKey, type KeyRecord, UpdateKey } from "@/lib/keys/schema";

/** A key as its forms hold it: local times, networks as lines, an empty limit for none. */
export type KeyForm = {
  name: string;
  description: string;
  expiry: "never" | "at" | `${number}`;
  expiresAt: string;
  notBefore: string;
  allowedCidrs: string;
  rateLimit: string;
  rateSeconds: string;
};

const DAY = 86_400_000;

const inDays = (days: number) => toLocal(new Date(Date.now() + days * DAY).toISOString());

export const newKeyForm = (): KeyForm => ({
  name: "",
  description: "",
  expiry: "never",
  expiresAt: inDays(30),
  notBefore: "",
  allowedCidrs: "",
  rateLimit: "",
  rateSeconds: "60",
});

export const toKeyForm = (key: KeyRecord): KeyForm => ({
  name: key.name,
  description: key.description,
  expiry: key.expiresAt === null ? "never" : "at",
  expiresAt: key.expiresAt === null ? inDays(30) : toLocal(key.expiresAt),
  notBefore: toLocal(key.notBefore),
  allowedCidrs: key.allowedCidrs.join("\n"),
  rateLimit: key.rateLimit ? String(key.rateLimit.requests) : "",
  rateSeconds: String(key.rateLimit?.seconds ?? 60),
});

/** The end that was chosen: none, so many days from now, or the local time that was typed. */
function endOf({ expiry, expiresAt }: KeyForm): string | null {
  if (expiry === "never") return null;
  return toInstant(expiry === "at" ? expiresAt : inDays(Number(expiry))) ?? "";
}

export const reachOfForm = (form: KeyForm) => ({
  expiresAt: endOf(form),
  notBefore: toInstant(form.notBefore),
  allowedCidrs: toLines(form.allowedCidrs),
  rateLimit:
    form.rateLimit.trim() === "" ? null : { requests: Number(form.rateLimit), seconds: Number(form.rateSeconds) },
});

const toRequest = (form: KeyForm) => ({ name: form.name, description: form.description, ...reachOfForm(form) });

export const GenerateKeyForm = formRequest(GenerateKey, toRequest);
export const EditKeyForm = formRequest(UpdateKey, toRequest);
