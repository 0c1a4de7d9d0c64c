import { ApiError } from "@/lib/http/client";

const REFUSALS: Record<string, string> = {
  locked: "Too many attempts. Try again in a few minutes.",
  busy: "Many people are signing in at the moment. Try again in a few seconds.",
  store_unavailable: "The database does not answer at the moment. Try again shortly.",
};

/**
 * Starts a session in this browser, or the wait for a second factor, to which every page then leads. Throws an
 * `ApiError` whose message is a sentence for the reader.
 */
export const signInWithPassword = (email: string, password: string) =>
  signInBy("credentials", { email, password }, "Wrong e-mail or password.");

/** Gives the sign-in of this browser its second factor. The same, with the code `challenge_expired` when it is over. */
export const signInWithCode = (code: string) =>
  signInBy("second-factor", { code }, "That code is wrong or was used before. Each works once.");

async function signInBy(provider: string, given: Record<string, string>, wrong: string): Promise<void> {
  // next-auth's client throws when the answer is not its own: no connection, or a refusal before it ran.
  const answer = await import("next-auth/react")
    .then(({ signIn }) => signIn(provider, { ...given, redirect: false, callbackUrl: "/" }))
    .catch(() => undefined);
  if (answer?.ok && !answer.error) return;
  const code = answer?.error ?? "offline";
  const other = REFUSALS[code] ?? "The sign-in did not work. Reload this page and try again.";
  const detail = code === "CredentialsSignin" ? wrong : other;
  throw new ApiError({ status: answer?.status ?? 0, code, title: "Not signed in", detail });
}
