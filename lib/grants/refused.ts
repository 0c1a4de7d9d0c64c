import { AppError } from "@/lib/kernel/errors";

/** The one answer to a login or refresh that is not accepted, whatever the reason. */
export const refused = () => new AppError("login_refused", "The login was not accepted.");
