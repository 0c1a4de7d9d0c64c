import type { Page } from "playwright/test";
import { CLIENT, type OpenIdProvider, startOpenIdProvider } from "./fixtures/openid-provider";
import { freePort } from "./fixtures/process";
import { expect, test as base } from "./fixtures/test";

const test = base.extend<object, { providerPort: number; provider: OpenIdProvider }>({
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

async function passProvider(page: Page, account: string) {
  await page.locator("input[name=login]").fill(account);
  await page.locator("input[name=password]").fill("any");
  await page.locator("button[type=submit]").click();
  await page.locator("button[type=submit]").click();
}

test("a person links their account at the provider, signs in with it, and unlinks it", async ({
  page,
  server,
  provider: _,
  signIn,
  faults,
}) => {
  faults.allow(/^401 GET \/v1\/sessions\/current$/);
  faults.allow(/^412 DELETE \/v1\/users\/[^/]+\/identities$/);
  // The provider's own pages are not ours to judge.
  faults.allow(/interaction|favicon|console:| \/css$/);
  const { developer } = server.seed.acme.people;
  await signIn(page, developer);
  await page.goto("/account/security");
  await page.getByRole("button", { name: "Link Acme ID" }).click();
  await passProvider(page, developer.email);
  await expect(page).toHaveURL(/\/account\/security\?sso=linked$/);
  await expect(page.getByText("Acme ID is linked: it can sign you in from now on.")).toBeVisible();

  await page.context().clearCookies();
  await page.goto("/account/sessions");
  await page.getByRole("button", { name: "Sign in with Acme ID" }).click();
  await passProvider(page, developer.email);
  await expect(page).toHaveURL(`${server.origin}/account/sessions`);

  await page.goto("/account/security");
  await page.getByRole("button", { name: "Unlink" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Unlink" }).click();
  // The provider let them in; for this they prove themselves.
  await page.getByLabel("Password", { exact: true }).fill(developer.password);
  await page.getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByRole("button", { name: "Link Acme ID" })).toBeVisible();

  await page.context().clearCookies();
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Sign in with Acme ID" }).click();
  await passProvider(page, developer.email);
  await expect(page.getByText("Nobody here is linked to that account.")).toBeVisible();
});
