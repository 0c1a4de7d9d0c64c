import { CLIENT, type OpenIdProvider, startOpenIdProvider } from "../fixtures/openid-provider";
import { freePort } from "../fixtures/process";
import { test as base } from "./world";

/** A server that knows an OpenID provider, and that provider. */
export const test = base.extend<object, { providerPort: number; provider: OpenIdProvider }>({
  providerPort: [async ({}, use) => use(await freePort()), { scope: "worker" }],
  settings: [
    async ({ providerPort }, use) =>
      use({
        OIDC_ISSUER: `http://127.0.0.1:${providerPort}`,
        OIDC_CLIENT_ID: CLIENT.id,
        OIDC_CLIENT_SECRET: CLIENT.secret,
        OIDC_NAME: "Acme ID",
      }),
    { scope: "worker" },
  ],
  provider: [
    async ({ providerPort, server }, use) => {
      const provider = await startOpenIdProvider(providerPort, server.origin);
      await use(provider);
      await provider.close();
    },
    { scope: "worker" },
  ],
});

/** A browser as far as its cookies go. */
export function browser(origin: string, cookie = "") {
  const jar = new Map(cookie.split("; ").map((pair) => pair.split(/=(.*)/s) as [string, string]));
  const cookies = () => [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
  async function send(method: string, path: string, form?: Record<string, string>) {
    const answer = await fetch(new URL(path, origin), {
      method,
      redirect: "manual",
      headers: { origin, cookie: cookies(), "x-background": "1" },
      ...(form && { body: new URLSearchParams(form) }),
    });
    for (const set of answer.headers.getSetCookie()) {
      const [name = "", value = ""] = (set.split(";")[0] ?? "").split(/=(.*)/s);
      jar.set(name, value);
    }
    const location = answer.headers.get("location");
    const to = location && new URL(location, origin);
    return { status: answer.status, to: to ? to.pathname + to.search : null, text: await answer.text() };
  }
  return {
    jar,
    cookies,
    send,
    /** Begins a sign-on: the address of the provider to go to. */
    async begin(): Promise<string> {
      const { csrfToken } = JSON.parse((await send("GET", "/api/auth/csrf")).text) as { csrfToken: string };
      const begun = await send("POST", "/api/auth/signin/oidc", { csrfToken, callbackUrl: "/", json: "true" });
      return (JSON.parse(begun.text) as { url: string }).url;
    },
    status: async () => (await send("GET", "/v1/sessions/current")).status,
  };
}
