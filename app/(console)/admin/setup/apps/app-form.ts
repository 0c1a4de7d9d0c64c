import { toLines } from "@/components/form-values";
import type { AppRecord } from "@/lib/apps/schema";
import type { AnyPermission } from "@/lib/kernel/permissions";

/** An app as its forms hold it: lists as lines, each access mode beside the list that counts in restricted mode. */
export type AppForm = {
  name: string;
  uri: string;
  description: string;
  loginUserType: AppRecord["loginUserType"];
  postLoginRedirects: string;
  postLogoutRedirects: string;
  keyAccess: "full" | "restricted";
  keyPermissions: AnyPermission[];
  loginAccess: "role" | "restricted";
  loginPermissions: AnyPermission[];
};

export const NEW_APP: AppForm = {
  name: "",
  uri: "",
  description: "",
  loginUserType: "employee",
  postLoginRedirects: "",
  postLogoutRedirects: "",
  keyAccess: "full",
  keyPermissions: [],
  loginAccess: "role",
  loginPermissions: [],
};

export const toAppForm = (app: AppRecord): AppForm => ({
  name: app.name,
  uri: app.uri ?? "",
  description: app.description,
  loginUserType: app.loginUserType,
  postLoginRedirects: app.postLoginRedirects.join("\n"),
  postLogoutRedirects: app.postLogoutRedirects.join("\n"),
  keyAccess: app.keyAccess.mode,
  keyPermissions: app.keyAccess.mode === "restricted" ? app.keyAccess.permissions : [],
  loginAccess: app.tokenAccess.mode,
  loginPermissions: app.tokenAccess.mode === "restricted" ? app.tokenAccess.permissions : [],
});

export const detailsOf = (form: AppForm) => ({
  name: form.name,
  uri: form.uri.trim() || null,
  description: form.description,
  loginUserType: form.loginUserType,
  postLoginRedirects: toLines(form.postLoginRedirects),
  postLogoutRedirects: toLines(form.postLogoutRedirects),
});

export const accessOf = (form: AppForm): Pick<AppRecord, "keyAccess" | "tokenAccess"> => ({
  keyAccess: form.keyAccess === "full" ? { mode: "full" } : { mode: "restricted", permissions: form.keyPermissions },
  tokenAccess:
    form.loginAccess === "role" ? { mode: "role" } : { mode: "restricted", permissions: form.loginPermissions },
});
