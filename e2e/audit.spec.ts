import type { Page } from "playwright/test";
import { expect, test } from "./fixtures/test";

/** Two changes and, by the developer, a refused one; answers the id of the app they are about. */
async function makeHistory(page: Page, origin: string, name: string): Promise<string> {
  const headers = { origin, "sec-fetch-site": "same-origin" };
  const created = await page.request.post("/v1/apps", { headers, data: { name } });
  expect(created.status()).toBe(201);
  const { ZUID } = ((await created.json()) as { data: { ZUID: string } }).data;
  const data = { description: "Sends the invoices" };
  expect((await page.request.patch(`/v1/apps/${ZUID}`, { headers, data })).status()).toBe(200);
  return ZUID;
}

const events = (page: Page) => page.getByRole("table", { name: "Events" }).getByRole("row");

test("an auditor narrows the trail, opens an event by keyboard and follows its links", async ({
  page,
  server,
  signIn,
  scanAxe,
}) => {
  const { owner, auditor } = server.seed.acme.people;
  await signIn(page, owner);
  const app = await makeHistory(page, server.origin, "Billing");
  await signIn(page, auditor);

  await page.goto(`/audit?app=${app}`);
  await expect(events(page)).toHaveCount(3);
  await expect(page.getByRole("button", { name: "App Billing" })).toBeVisible();
  await scanAxe(page);

  await page.getByRole("button", { name: "Did any" }).click();
  await page.getByRole("checkbox", { name: "app.updated" }).click();
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page).toHaveURL(/action=app\.updated/);
  await expect(events(page)).toHaveCount(2);

  await page.keyboard.press("Escape");
  await page.locator("main").focus();
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  const sheet = page.getByRole("dialog", { name: "Acme Owner changed the app Billing" });
  await expect(sheet.getByText("description: Sends the invoices")).toBeVisible();
  await expect(sheet.getByRole("link", { name: "1 event" })).toBeVisible();
  await scanAxe(page);

  await page.reload();
  await sheet.getByRole("link", { name: "History of this target" }).click();
  await expect(page).toHaveURL(`${server.origin}/audit?target=${app}`);
  await expect(sheet).toBeHidden();
  await expect(events(page)).toHaveCount(3);
});

test("an event's own address shows it whatever else is filtered, and an unknown one says so", async ({
  page,
  server,
  signIn,
}) => {
  const { owner } = server.seed.acme.people;
  await signIn(page, owner);
  const app = await makeHistory(page, server.origin, "Payroll");
  const answer = await page.request.get(`/v1/audit-events?target=${app}&action=app.registered`);
  const [event] = ((await answer.json()) as { data: { ZUID: string }[] }).data;

  await page.goto(`/audit?outcome=failed&event=${event?.ZUID}`);
  await expect(page.getByRole("dialog", { name: "Acme Owner registered the app Payroll" })).toBeVisible();
  await page.goto("/audit?event=15-19a00000000-bcdfghjk");
  await expect(page.getByRole("dialog", { name: "No event with this id" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(`${server.origin}/audit`);
});

test("pages lead forth and back, also after a reload, and the order turns", async ({ page, server, signIn }) => {
  await signIn(page, server.seed.acme.people.owner);
  await makeHistory(page, server.origin, "Loyalty");
  await page.goto("/audit?limit=2");
  const first = await events(page).nth(1).innerText();
  await page.getByRole("button", { name: "Next" }).click();
  await expect(events(page).nth(1)).not.toHaveText(first);
  await page.reload();
  await page.getByRole("button", { name: "Previous" }).click();
  await expect.poll(() => events(page).nth(1).innerText()).toBe(first);
  await page.getByRole("button", { name: "When", exact: true }).click();
  await expect(events(page).nth(1)).toContainText("organization.set_up");
});

test("the trail is absent for who may not read it", async ({ page, server, signIn, faults }) => {
  faults.allow(/404 GET \/audit/);
  await signIn(page, server.seed.acme.people.developer);
  expect((await page.goto("/audit"))?.status()).toBe(404);
  await expect(page.getByRole("link", { name: "Audit trail" })).toHaveCount(0);
});
