import { newPassword } from "@/components/new-password-request";
import { SetUpByCode } from "@/lib/setup/schema";

export const setUpForm = (minLength: number) => SetUpByCode.extend({ password: newPassword(minLength) });
