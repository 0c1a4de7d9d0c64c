import type { Page } from "playwright/test";
import type { Account } from "./fixtures/accounts";
import { signInByHttp } from "./fixtures/api-client";
import { codeOf, enroll } from "./fixtures/authenticator";
import { changeRows } from "./fixtures/rows";
import { expect, test } from "./fixtures/test";

/** A server of its own: its people get second factors. */
test.use({ settings: { LOG_LEVEL: "warn" }, permissions: ["clipboard-read", "clipboard-write"] });

async function givePassword(page: Page, { email, password }: Account) {
  await page.goto("/account");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL(/\/sign-in\/second-factor\?next=%2Faccount$/);
}

async function giveCode(page: Page, label: string, code: string) {
  await page.getByLabel(label).fill(code);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

async function setUp(page: Page) {
  await page.getByRole("button", { name: "Set up" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("img", { name: "The key as a QR code" })).toBeVisible();
  const secret = await dialog.getByRole("code").innerText();
  await dialog.getByRole("textbox", { name: "Code" }).fill(codeOf(secret));
  await dialog.getByRole("button", { name: "Turn on" }).click();
  const shown = page.getByRole("alertdialog");
  await shown.getByRole("button", { name: "Copy" }).click();
  await expect(shown.getByRole("status")).toHaveText("Copied");
  const codes = (await page.evaluate(() => navigator.clipboard.readText())).split("\n");
  expect(codes).toHaveLength(10);
  await expect(shown.getByRole("button", { name: "Done" })).toBeDisabled();
  await shown.getByRole("checkbox").check();
  await shown.getByRole("button", { name: "Done" }).click();
  return { secret, codes };
}

test("a person turns it on, signs in with a code once, and with a recovery code once", async ({
  page,
  server,
  signIn,
  faults,
  scanAxe,
}) => {
  faults.allow(/^401 POST \/api\/auth\/callback\/second-factor$/);
  faults.allow(/^401 GET \/v1\/sessions\/current$/);
  const { developer } = server.seed.acme.people;
  await signIn(page, developer);
  await page.goto("/account/security");
  const { secret, codes } = await setUp(page);
  const main = page.getByRole("main");
  await expect(main.getByText("10 recovery codes of 10 are left")).toBeVisible();
  for (const gone of [codes[0] ?? "", secret]) await expect(page.getByText(gone)).toHaveCount(0);
  await scanAxe(page);

  await page.context().clearCookies();
  await givePassword(page, developer);
  await scanAxe(page);
  const code = codeOf(secret, 1);
  await giveCode(page, "Code", code);
  await expect(page).toHaveURL(/\/account$/);

  await page.context().clearCookies();
  await givePassword(page, developer);
  await giveCode(page, "Code", code);
  await expect(page.getByRole("alert").getByText("That code is wrong or was used before")).toBeVisible();
  await page.getByRole("button", { name: "Use a recovery code" }).click();
  await giveCode(page, "Recovery code", codes[0] ?? "");
  await expect(page).toHaveURL(/\/account$/);
  await page.goto("/account/security");
  await expect(main.getByText("9 recovery codes of 10 are left")).toBeVisible();

  await page.context().clearCookies();
  await givePassword(page, developer);
  await page.getByRole("button", { name: "Use a recovery code" }).click();
  for (let i = 0; i < 5; i++) {
    await giveCode(page, "Recovery code", codes[0] ?? "");
    await expect(page.getByRole("alert").getByText("wrong or was used")).toBeVisible();
    await expect(page.getByRole("button", { name: "Sign in", exact: true })).toBeEnabled();
  }
  await giveCode(page, "Recovery code", codes[1] ?? "");
  await expect(page).toHaveURL(/\/sign-in\?error=challenge_expired$/);
  await expect(page.getByText("That sign-in has waited too long or had too many wrong codes.")).toBeVisible();
});

test("a person replaces the recovery codes and turns it off, each with a code", async ({
  page,
  server,
  signIn,
  faults,
}) => {
  faults.allow(/^422 (POST|DELETE) \/v1\/users\//);
  const { publisher } = server.seed.acme.people;
  await signIn(page, publisher);
  await page.goto("/account/security");
  const { codes } = await setUp(page);
  await page.getByRole("button", { name: "New recovery codes" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Code" }).fill("000000");
  await dialog.getByRole("button", { name: "Make new codes" }).click();
  await expect(dialog.getByText("Is wrong or was used before")).toBeVisible();
  await dialog.getByRole("textbox", { name: "Code" }).fill(codes[0] ?? "");
  await dialog.getByRole("button", { name: "Make new codes" }).click();
  const shown = page.getByRole("alertdialog");
  await shown.getByRole("button", { name: "Reveal" }).click();
  const renewed = (await shown.getByRole("code").innerText()).split("\n");
  expect(renewed).toHaveLength(10);
  await shown.getByRole("checkbox").check();
  await shown.getByRole("button", { name: "Done" }).click();

  await page.getByRole("button", { name: "Turn off" }).click();
  await dialog.getByRole("textbox", { name: "Code" }).fill(codes[1] ?? "");
  await dialog.getByRole("button", { name: "Turn off" }).click();
  await expect(dialog.getByText("Is wrong or was used before")).toBeVisible();
  await dialog.getByRole("textbox", { name: "Code" }).fill(renewed[0] ?? "");
  await dialog.getByRole("button", { name: "Turn off" }).click();
  await expect(page.getByText("The second factor is off.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Set up" })).toBeVisible();
});

test("after an admin's reset the password alone signs in", async ({ page, server, signIn }) => {
  const { auditor, admin } = server.seed.acme.people;
  const there = await signInByHttp(server.origin, auditor);
  await enroll(there, auditor.id);
  const client = await signInByHttp(server.origin, admin);
  expect((await client.call("DELETE", `/v1/users/${auditor.id}/second-factor`, {})).status).toBe(200);
  expect((await there.call("GET", "/v1/token")).status).toBe(401);
  await signIn(page, auditor);
  await page.goto("/account/security");
  await expect(page.getByRole("button", { name: "Set up" })).toBeVisible();
});

test("where policy asks everyone, who has none sets one up before anything else", async ({
  page,
  server,
  signIn,
  scanAxe,
}) => {
  const { owner } = server.seed.globex.people;
  await signIn(page, owner);
  await page.goto("/admin/setup/apps");
  await expect(page).toHaveURL(/\/admin\/setup\/apps$/);
  // Nothing may be on its way while the server is away.
  await page.goto("about:blank");
  await changeRows(server, `update organization set second_factor = 'everyone' where id = '${server.seed.globex.id}'`);

  await page.goto("/admin/setup/apps");
  await expect(page).toHaveURL(/\/account\/security$/);
  await expect(page.getByText("Your organization asks for a second factor, and you have none yet.")).toBeVisible();
  await expect(page.getByRole("navigation").getByRole("link", { name: "Apps" })).toHaveCount(0);
  await expect(page.getByLabel("Present password")).toHaveCount(0);
  await scanAxe(page);
  await setUp(page);
  await expect(page.getByText("Your organization asks for it, so it cannot be turned off.")).toBeVisible();
  await page.goto("/admin/setup/apps");
  await expect(page).toHaveURL(/\/admin\/setup\/apps$/);
});
