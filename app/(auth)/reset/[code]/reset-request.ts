import { z } from "zod";
import { newPassword } from "@/components/new-password-request";

export const resetForm = (minLength: number) => z.object({ password: newPassword(minLength) });
