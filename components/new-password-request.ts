import { z } from "zod";
import { lengthOf } from "@/components/password-length";

/** A new password in a form; whether it is easy to guess is the server's to say. */
export const newPassword = (minLength: number) =>
  z.string().refine((value) => lengthOf(value) >= minLength, `needs at least ${minLength} characters`);
