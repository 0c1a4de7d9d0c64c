import { z } from "zod";
import { newPassword } from "@/components/new-password-request";

export const changePasswordForm = (minLength: number) =>
  z.object({ oldPassword: z.string().min(1, "Enter your present password."), password: newPassword(minLength) });
