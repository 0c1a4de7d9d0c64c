import type { Page } from "playwright/test";
import { signInByHttp } from "./fixtures/api-client";
import type { Server } from "./fixtures/start-server";
import { expect, test } from "./fixtures/test";

interface Made {
  app: string;
  key: string;
  value: string;
  path: string;
}

let made = 0;

test("the wizard keeps what was typed through Back and Forward, asks before it is left, and registers once", async ({
  page,
  server,
  signIn,
}) => {
  await signIn(page, server.seed.acme.people.owner);
  await page.goto("/admin/setup/apps/new");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByText("needs at least 2 characters")).toBeVisible();
  await page.getByLabel("Name").fill("Loyalty partner");
  await page.getByLabel("Redirect addresses after sign-in").fill("https://loyalty.example/back\nnowhere");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByText("must be a web address such as https://example.com: “nowhere”")).toBeVisible();
  await page.getByLabel("Redirect addresses after sign-in").fill("https://loyalty.example/back");
  await page.getByRole("button", { name: "Continue" }).click();

  await page.getByRole("radiogroup").first().getByRole("radio", { name: "Restricted" }).click();
  await expect(page.getByText("Nothing is selected, so everything will be refused.")).toBeVisible();
  await page.getByRole("checkbox", { name: "content:read" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.goBack();
  await expect(page.getByRole("checkbox", { name: "content:read" })).toBeChecked();
  await page.goBack();
  await expect(page.getByLabel("Name")).toHaveValue("Loyalty partner");
  await page.goForward();
  await page.goForward();
  await expect(page.getByRole("definition").filter({ hasText: "Loyalty partner" })).toBeVisible();

  await page.getByRole("link", { name: "Overview" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Stay" }).click();
  await expect(page).toHaveURL(/step=credentials/);

  await page.getByRole("button", { name: "Register app" }).dblclick();
  await store(page);
  await expect(page.getByRole("heading", { name: "Loyalty partner", level: 1 })).toBeVisible();
  await expect(page.getByText("No key yet")).toBeVisible();
  const owner = await signInByHttp(server.origin, server.seed.acme.people.owner);
  expect((await owner.call<unknown[]>("GET", "/v1/apps?q=Loyalty partner")).data).toHaveLength(1);
});

test("a new key's row stands out and shows its first call by itself", async ({ page, server, signIn }) => {
  const { app } = await make(server);
  await signIn(page, server.seed.acme.people.owner);
  await page.goto(`/admin/setup/apps/${app}`);
  await page.getByRole("button", { name: "Generate key" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Kiosk");
  await dialog.getByLabel("Works only from").fill("127.0.0.0/8\n10.0.0.300");
  await dialog.getByLabel("At most this many requests").fill("600");
  await dialog.getByRole("button", { name: "Generate key" }).click();
  await expect(dialog.getByText("such as 203.0.113.0/24: “10.0.0.300”")).toBeVisible();
  await dialog.getByLabel("Works only from").fill("127.0.0.0/8");
  await expect(dialog.getByText(/never expires; works only from 127.0.0.0\/8; takes at most 600/)).toBeVisible();
  await dialog.getByRole("button", { name: "Generate key" }).click();
  const value = await store(page);
  await expect(page.getByRole("button", { name: "Generate key" })).toBeFocused();

  const row = page.getByRole("row", { name: /Kiosk/ });
  await expect(row).toContainText("never used");
  expect(await callWith(server, value)).toBe(200);
  await expect(row).toContainText("from 127.0.0.1", { timeout: 15_000 });
});

test("what another tab did first is said in its own words, and the page shows it", async ({
  page,
  server,
  signIn,
  faults,
}) => {
  faults.allow(/^409 PATCH /);
  const { key, path } = await make(server);
  const owner = await signInByHttp(server.origin, server.seed.acme.people.owner);
  await owner.call("POST", `/v1/keys/${key}/rotations`, { overlapHours: 1 });
  await signIn(page, server.seed.acme.people.owner);
  await page.goto(path);
  await page.getByRole("button", { name: "Finish now" }).click();
  await owner.call("DELETE", `/v1/keys/${key}/rotations/current`);
  const dialog = page.getByRole("alertdialog");
  await dialog.getByRole("button", { name: "End v1 now" }).click();
  await expect(dialog.getByText("This key has no rotation under way.")).toBeVisible();
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("region", { name: "Rotation under way" })).toBeHidden();
  await expect(page.getByRole("button", { name: "Rotate", exact: true })).toBeVisible();
});

test("a rotation is rolled back until its new value has been used, and then says why not", async ({
  page,
  server,
  signIn,
}) => {
  const { key, value, path } = await make(server);
  const owner = await signInByHttp(server.origin, server.seed.acme.people.owner);
  const rotate = async () =>
    (await owner.call<{ key: string }>("POST", `/v1/keys/${key}/rotations`, { overlapHours: 1 })).data.key;
  const dropped = await rotate();
  await signIn(page, server.seed.acme.people.owner);
  await page.goto(path);
  await page.getByRole("button", { name: "Roll back" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Drop v2" }).click();
  await expect(page.getByRole("alertdialog")).toBeHidden();
  await expect(page.getByRole("region", { name: "Rotation under way" })).toBeHidden();
  expect([await callWith(server, value), await callWith(server, dropped)]).toEqual([200, 401]);

  const used = await rotate();
  expect(await callWith(server, used)).toBe(200);
  await expect(page.getByText("from 127.0.0.1 (node)")).toHaveCount(2, { timeout: 15_000 });
  await page.getByRole("button", { name: "Roll back" }).hover();
  await expect(page.getByRole("tooltip")).toContainText("v3 is in use already. Finish the rotation instead.");
});

test("revoking a key in use asks for its name, and its row says who, when and why", async ({
  page,
  server,
  signIn,
}) => {
  const { app, value, path } = await make(server);
  expect(await callWith(server, value)).toBe(200);
  await signIn(page, server.seed.acme.people.owner);
  await page.goto(path);
  await expect(page.getByText("127.0.0.1").first()).toBeVisible({ timeout: 15_000 });
  await page.getByRole("button", { name: "Revoke" }).click();
  const dialog = page.getByRole("alertdialog");
  await dialog.getByRole("radio", { name: "Another reason" }).click();
  await dialog.getByLabel("Reason", { exact: true }).fill("moved to the new gateway");
  await expect(dialog.getByRole("button", { name: "Revoke key" })).toBeDisabled();
  await dialog.getByLabel(/^Type/).fill("Production key");
  await dialog.getByRole("button", { name: "Revoke key" }).click();
  await expect(page.getByText(/by Acme Owner: moved to the new gateway/)).toBeVisible();
  expect(await callWith(server, value)).toBe(401);
  await page.goto(`/admin/setup/apps/${app}`);
  await expect(page.getByRole("row", { name: /Production key/ })).toContainText("by Acme Owner: moved to the new");
});

test("disabling an app refuses its keys, enabling lets them work, deleting names what ends", async ({
  page,
  server,
  signIn,
}) => {
  const { app, value } = await make(server);
  await signIn(page, server.seed.acme.people.owner);
  await page.goto(`/admin/setup/apps/${app}?tab=settings`);
  const dialog = page.getByRole("alertdialog");
  await page.getByRole("button", { name: "Disable" }).click();
  await dialog.getByRole("button", { name: "Disable app" }).click();
  await expect(page.getByText("This app is disabled.")).toBeVisible();
  expect(await callWith(server, value)).toBe(401);
  await page.getByRole("button", { name: "Enable" }).first().click();
  await dialog.getByRole("button", { name: "Enable app" }).click();
  await expect(page.getByText("This app is disabled.")).toBeHidden();
  expect(await callWith(server, value)).toBe(200);

  const name = await page.getByRole("heading", { level: 1 }).innerText();
  await page.getByRole("button", { name: "Delete" }).click();
  await expect(dialog).toContainText("Its 1 live key is revoked at once and for good.");
  await dialog.getByLabel(/^Type/).fill(name);
  await dialog.getByRole("button", { name: "Delete app and revoke 1 live key" }).click();
  await expect(page).toHaveURL(`${server.origin}/admin/setup/apps`);
  expect(await callWith(server, value)).toBe(401);
});

/** An app of its own with one key. */
async function make(server: Server): Promise<Made> {
  const owner = await signInByHttp(server.origin, server.seed.acme.people.owner);
  const { data: app } = await owner.call<{ ZUID: string }>("POST", "/v1/apps", { name: `Made for a test ${made++}` });
  const { data: key } = await owner.call<{ ZUID: string; key: string }>("POST", `/v1/apps/${app.ZUID}/keys`, {
    name: "Production key",
  });
  const path = `/admin/setup/apps/${app.ZUID}/keys/${key.ZUID}`;
  return { app: app.ZUID, key: key.ZUID, value: key.key, path };
}

const callWith = async ({ origin }: Server, key: string) =>
  (await fetch(`${origin}/v1/centers`, { headers: { authorization: `apikey ${key}` } })).status;

/** Reveals the value, says it is stored, and closes. */
async function store(page: Page): Promise<string> {
  const dialog = page.getByRole("alertdialog");
  await dialog.getByRole("button", { name: "Reveal" }).click();
  const value = await dialog.locator("code").innerText();
  await dialog.getByRole("checkbox").click();
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(dialog).toBeHidden();
  return value;
}
