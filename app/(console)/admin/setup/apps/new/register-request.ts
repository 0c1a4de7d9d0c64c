import { accessOf, type AppForm, detailsOf } from "@/app/(console)/admin/setup/apps/app-form";
import { formRequest } from "@/components/form-request";
import { RegisterApp } from "@/lib/apps/schema";

export const RegisterAppForm = formRequest(RegisterApp, (form: AppForm) => ({ ...detailsOf(form), ...accessOf(form) }));
