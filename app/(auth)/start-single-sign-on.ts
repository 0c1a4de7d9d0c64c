import { ApiError } from "@/lib/http/client";

/**
 * Goes to the organization's OpenID provider and, from there, to the path. By its address and not by a form: a
 * page's forms may lead to this origin only. Throws an `ApiError` whose message is a sentence for the reader.
 */
export async function startSingleSignOn(next: string): Promise<void> {
  const answer = await import("next-auth/react")
    .then(({ getCsrfToken }) => getCsrfToken())
    .then((csrfToken = "") => {
      const body = new URLSearchParams({ csrfToken, callbackUrl: next, json: "true" });
      return fetch("/api/auth/signin/oidc", { method: "POST", body });
    })
    .catch(() => undefined);
  const { url = "", detail: reason } = ((await answer?.json().catch(() => ({}))) ?? {}) as Record<string, string>;
  const isElsewhere = answer?.ok && URL.canParse(url) && new URL(url).origin !== location.origin;
  if (isElsewhere) return location.assign(new URL(url));
  const silent = "The provider of the single sign-on does not answer. Try again shortly, or use your password.";
  const detail = answer?.status === 429 && reason ? reason : silent;
  throw new ApiError({ status: answer?.status ?? 0, code: "sso", title: "Not signed in", detail });
}
