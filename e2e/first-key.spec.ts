import type { Page } from "playwright/test";
import { expect, test } from "./fixtures/test";

test.use({ seeded: false, permissions: ["clipboard-read", "clipboard-write"] });

const OWNER = { email: "owner@example.com", password: "an owner remembers sentences" };
const APP = "Booking widget";
const KEY = "Production key";

test("from an empty server to a key that works, is rotated, finished, revoked, and told of in the trail", async ({
  page,
  server,
  scanAxe,
}) => {
  test.setTimeout(180_000);
  const callWith = async (key: string) =>
    (await fetch(`${server.origin}/v1/centers`, { headers: { authorization: `apikey ${key}` } })).status;

  await test.step("set up with the code the server printed", async () => {
    await page.goto("/");
    await expect(page).toHaveURL(/\/setup$/);
    await page.getByLabel("Set-up code").fill(server.setupCode);
    await page.getByLabel("Name", { exact: true }).fill("Blush Spas");
    await expect(page.getByLabel("Account name")).toHaveValue("blush-spas");
    await page.getByLabel("First instance").fill("Seattle");
    await page.getByLabel("First name").fill("Dana");
    await page.getByLabel("Last name").fill("Okafor");
    await page.getByLabel("E-mail").fill(OWNER.email);
    await page.getByLabel("Password", { exact: true }).fill(OWNER.password);
    await scanAxe(page);
    await page.getByRole("button", { name: "Set up and sign in" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page).toHaveURL(`${server.origin}/`);
  });

  await test.step("the set-up is gone", async () => {
    expect((await page.request.get("/setup")).status()).toBe(404);
  });

  await test.step("register an app through the wizard", async () => {
    await page.goto("/admin/setup/apps");
    await page
      .getByRole("link", { name: /new app|register/i })
      .first()
      .click();
    await page.getByLabel("Name").fill(APP);
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByRole("button", { name: "Register app" }).click();
    await store(page, "app secret");
    await expect(page.getByRole("heading", { name: APP, level: 1 })).toBeVisible();
  });

  const first = await test.step("generate a key: copied, and Done only once it is stored", async () => {
    await page.getByRole("button", { name: "Generate key" }).first().click();
    await page.getByLabel("Name").fill(KEY);
    await page.getByRole("dialog").getByRole("button", { name: "Generate key" }).click();
    return store(page, "key");
  });

  await test.step("the key works at once, and its value is nowhere any more", async () => {
    expect(await callWith(first)).toBe(200);
    await expectNowhere(page, first);
  });

  const second =
    await test.step("rotate with an hour of overlap: both values work and both versions are shown", async () => {
      await page.getByRole("link", { name: KEY }).first().click();
      await expect(page.getByRole("heading", { name: KEY, level: 1 })).toBeVisible();
      await page.getByRole("button", { name: "Rotate", exact: true }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("radio", { name: "1 hour" }).click();
      await dialog.getByRole("button", { name: "Rotate", exact: true }).click();
      const value = await store(page, "key");
      expect([await callWith(first), await callWith(value)]).toEqual([200, 200]);
      const cockpit = page.getByRole("region", { name: "Rotation under way" });
      await expect(cockpit.getByRole("heading", { name: /^v2/ })).toBeVisible();
      await expect(cockpit.getByRole("heading", { name: /^v1/ })).toBeVisible();
      return value;
    });

  await test.step("finish: the old value is refused", async () => {
    await page.getByRole("button", { name: "Finish now" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "End v1 now" }).click();
    await expect(page.getByRole("alertdialog")).toBeHidden();
    await expect(page.getByRole("region", { name: "Rotation under way" })).toBeHidden();
    expect([await callWith(first), await callWith(second)]).toEqual([401, 200]);
  });

  await test.step("revoke with a reason: refused for good", async () => {
    await expect(page.getByText("never used")).toBeHidden();
    await page.getByRole("button", { name: "Revoke", exact: true }).click();
    const dialog = page.getByRole("alertdialog");
    await dialog.getByRole("radio", { name: "Leaked" }).click();
    await dialog.getByRole("textbox").fill(KEY);
    await dialog.getByRole("button", { name: "Revoke key" }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByText(/revoked/i).first()).toBeVisible();
    expect([await callWith(first), await callWith(second)]).toEqual([401, 401]);
  });

  await test.step("the trail shows each step under its actor, and no secret", async () => {
    await page.goto("/audit");
    const table = page.getByRole("table");
    for (const action of [
      "key.revoked",
      "key.rotation_finished",
      "key.rotated",
      "key.generated",
      "app.registered",
      "session.started",
    ]) {
      await expect(table.getByRole("row").filter({ hasText: action }).filter({ hasText: "Dana Okafor" })).toHaveCount(
        1,
      );
    }
    await expect(table.getByRole("row").filter({ hasText: "organization.set_up" })).toContainText("Latchkey");
    await expectNowhere(page, first, second);
    await page.getByRole("row").filter({ hasText: "key.revoked" }).click();
    await expect(page.getByText(/Dana Okafor revoked/)).toBeVisible();
    await scanAxe(page);
  });
});

/** Goes through the show-once dialog as a careful person does; the value that was copied. */
async function store(page: Page, noun: string): Promise<string> {
  const dialog = page.getByRole("alertdialog");
  await expect(dialog.getByText("Not copied yet")).toBeVisible();
  await dialog.getByRole("button", { name: "Copy", exact: true }).click();
  await expect(dialog.getByText("Copied", { exact: true })).toBeVisible();
  const value = await page.evaluate(() => navigator.clipboard.readText());
  expect(value).toMatch(/^lk[kc]_[0-9A-Za-z]{42}$/);
  await expect(dialog.getByRole("button", { name: "Done" })).toBeDisabled();
  await dialog.getByRole("checkbox", { name: `I have stored this ${noun}` }).click();
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(dialog).toBeHidden();
  return value;
}

/** Not in this document, its storage or history, and in no answer about the key. */
async function expectNowhere(page: Page, ...values: string[]) {
  const here = await page.evaluate(() =>
    JSON.stringify([document.documentElement.outerHTML, { ...localStorage }, { ...sessionStorage }, history.state]),
  );
  const read = async (path: string) => (await page.request.get(path)).text();
  const events = await read("/v1/audit-events?limit=100");
  const apps = await read("/v1/apps");
  const [{ ZUID = "" } = {}] = (JSON.parse(apps) as { data: { ZUID?: string }[] }).data;
  const answers = [here, events, apps, await read(`/v1/apps/${ZUID}/keys`), await read(page.url())];
  for (const value of values) {
    for (const answer of answers) expect(answer).not.toContain(value.slice(4, 40));
  }
}
