import { signIn } from "next-auth/react";
import { ApiError } from "@/lib/http/client";

const REFUSALS: Record<string, string> = {
  CredentialsSignin: "Wrong e-mail or password.",
  locked: "Too many attempts. Try again in five minutes.",
  busy: "Many people are signing in at the moment. Try again in a few seconds.",
  store_unavailable: "The database does not answer at the moment. Try again shortly.",
};

/** The sentence for an error code of a sign-in. */
const refusalOf = (code: string) => REFUSALS[code] ?? "The sign-in did not work. Reload this page and try again.";

/** Starts a session in this browser. Throws an `ApiError` whose message is a sentence for the reader. */
export async function signInWithPassword(email: string, password: string): Promise<void> {
  // next-auth's client throws when the answer is not its own: no connection, or a refusal before it ran.
  const answer = await signIn("credentials", { email, password, redirect: false, callbackUrl: "/" }).catch(
    () => undefined,
  );
  if (answer?.ok && !answer.error) return;
  const code = answer?.error ?? "offline";
  const detail = refusalOf(code);
  throw new ApiError({ status: answer?.status ?? 0, code, title: "Not signed in", detail });
}
