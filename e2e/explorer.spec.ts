import { readFile } from "node:fs/promises";
import type { Page } from "playwright/test";
import { expect, test } from "./fixtures/test";

// No time of day is the same there as in UTC.
test.use({ timezoneId: "Asia/Tokyo" });

const rows = (page: Page) => page.getByRole("table", { name: "Events" }).getByRole("row");
const param = (page: Page, name: string) => new URL(page.url()).searchParams.get(name);

/** Changes something as the signed-in person, from another place than the page. */
async function post<T>(page: Page, path: string, data: unknown): Promise<T> {
  const headers = { origin: new URL(page.url()).origin, "sec-fetch-site": "same-origin" };
  const answer = await page.request.post(path, { headers, data });
  expect(answer.status()).toBe(201);
  return ((await answer.json()) as { data: T }).data;
}

test("a saved view is kept over a reload, sets its filters again, and is gone when it is deleted", async ({
  page,
  server,
  signIn,
}) => {
  await signIn(page, server.seed.acme.people.auditor);
  await page.goto("/audit?outcome=denied");
  await page.getByRole("button", { name: "Views" }).click();
  await page.getByRole("menuitem", { name: "Save this view…" }).click();
  const dialog = page.getByRole("dialog", { name: "Save this view" });
  await dialog.getByLabel("Name").fill("Refusals");
  await dialog.getByRole("button", { name: "Save view" }).click();
  await expect(page.getByRole("button", { name: "Refusals" })).toBeVisible();

  await page.reload();
  await expect(page.getByRole("button", { name: "Refusals" })).toBeVisible();
  await page.goto("/audit");
  await page.getByRole("button", { name: "Views" }).click();
  await page.getByRole("menuitem", { name: "Refusals" }).click();
  await expect(page.getByRole("button", { name: "Outcome denied" })).toBeVisible();
  expect(param(page, "outcome")).toBe("denied");

  await page.getByRole("button", { name: "Refusals" }).click();
  await page.getByRole("menuitem", { name: "Delete this view…" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete view" }).click();
  await expect(page.getByRole("button", { name: "Refusals" })).toHaveCount(0);
  await page.goto("/audit");
  await page.getByRole("button", { name: "Views" }).click();
  await expect(page.getByRole("menuitem")).toHaveText(["Set a filter to save a view"]);
});

test("dragging over the histogram makes what was dragged over the time range", async ({ page, server, signIn }) => {
  await signIn(page, server.seed.acme.people.auditor);
  await page.goto("/audit?time=24h");
  const chart = page.getByRole("slider", { name: "Events over time" });
  const { x, y, width } = (await chart.boundingBox()) ?? { x: 0, y: 0, width: 0 };
  await page.mouse.move(x + width / 2, y + 20);
  await page.mouse.down();
  await page.mouse.move(x + width - 2, y + 20, { steps: 4 });
  await page.mouse.up();
  await expect(page).toHaveURL(/time=\d{4}-/);
  const [from = "", to = ""] = param(page, "time")?.split("/") ?? [];
  const hours = (Date.parse(to) - Date.parse(from)) / 3_600_000;
  expect(hours).toBeGreaterThanOrEqual(12);
  expect(hours).toBeLessThan(14);
  await expect(page.getByRole("button", { name: /^When \d/ })).toBeVisible();
  await expect(rows(page).nth(1)).toBeVisible();
});

test("the live trail shows what happens without a reload, and keeps to the length of page asked for", async ({
  page,
  server,
  signIn,
}) => {
  await signIn(page, server.seed.acme.people.owner);
  await page.goto("/audit?limit=2");
  await page.getByRole("button", { name: "Live" }).click();
  await expect(page).toHaveURL(/live=true/);
  await page.evaluate(() => Object.assign(window, { isSamePage: true }));
  await post(page, "/v1/apps", { name: "Kiosk" });
  await expect(rows(page).nth(1)).toContainText("Kiosk");
  await expect(rows(page)).toHaveCount(3);
  expect(await page.evaluate(() => "isSamePage" in window)).toBe(true);
});

test("times are the reader's own, and in UTC at a press: in the rows and in the fields of the filter", async ({
  page,
  server,
  signIn,
}) => {
  await signIn(page, server.seed.acme.people.owner);
  await page.goto("/audit");
  const app = await post<{ ZUID: string }>(page, "/v1/apps", { name: "Reporter" });
  const { ZUID, key } = await post<{ ZUID: string; key: string }>(page, `/v1/apps/${app.ZUID}/keys`, { name: "Own" });
  const happened = {
    credential: ZUID,
    action: "api.orders.refunded",
    verb: 2,
    target: { type: "order", name: "4711" },
    outcome: "allowed",
    occurredAt: "2026-01-01T20:04:05Z",
  };
  const headers = { authorization: `apikey ${key}`, "content-type": "application/json" };
  const body = JSON.stringify(happened);
  expect((await fetch(`${server.origin}/v1/audit-events`, { method: "POST", headers, body })).status).toBe(201);

  await page.goto("/audit?action=api.orders.refunded&time=2026-01-01T15:00:00Z/2026-01-02T15:00:00Z");
  await expect(rows(page).nth(1)).toContainText("05:04:05.000");
  const when = page.getByRole("button", { name: /^When / });
  await expect(when).toContainText("2 Jan 2026, 00:00 – 3 Jan 2026, 00:00");
  await page.getByRole("button", { name: "Local time" }).click();
  await expect(rows(page).nth(1)).toContainText("20:04:05.000");
  await expect(when).toContainText("1 Jan 2026, 15:00 – 2 Jan 2026, 15:00");
  await when.click();
  await expect(page.getByLabel("From (UTC)")).toHaveValue("2026-01-01T15:00");
  await page.getByLabel("Until (UTC)").fill("2026-01-01T20:00");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByText("Nothing matches")).toBeVisible();
  expect(param(page, "time")).toBe("2026-01-01T15:00:00.000Z/2026-01-01T20:00:00.000Z");
});

test("what the filters leave is exported as CSV, and a refused export says why where it was asked for", async ({
  page,
  server,
  signIn,
  scanAxe,
  faults,
}) => {
  faults.allow(/^422 GET \/v1\/audit\/bundle$/);
  await signIn(page, server.seed.acme.people.owner);
  await page.goto("/audit");
  await post(page, "/v1/apps", { name: "Exported" });
  await page.goto("/audit?q=exported&action=app.registered");
  await expect(rows(page)).toHaveCount(2);
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByRole("menuitem", { name: "As CSV, for a spreadsheet" }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/\.csv$/);
  const lines = (await readFile(await download.path(), "utf8")).trimEnd().split("\r\n");
  expect(lines[0]).toBe(
    "id,seq,occurred_at,actor_type,actor_id,actor_name,action,verb,target_type,target_id,target_name,app_id,instance_id,outcome,reason,request_id,ip,user_agent,before,after,external_id,reported_by",
  );
  expect(lines).toHaveLength(2);
  await expect(page.getByRole("dialog")).toHaveCount(0);

  await page.goto("/audit/integrity");
  await page.getByLabel("From event").fill("999999");
  await page.getByRole("button", { name: "Export bundle" }).click();
  const dialog = page.getByRole("dialog", { name: "Exporting the trail" });
  await expect(dialog).toContainText("toSeq must be in the log");
  await scanAxe(page);
  await dialog.getByRole("button", { name: "Close" }).first().click();
  await expect(dialog).toBeHidden();
});

test("a slash searches, and j and k walk down and up the rows", async ({ page, server, signIn }) => {
  await signIn(page, server.seed.acme.people.auditor);
  await page.goto("/audit");
  await expect(rows(page).nth(2)).toBeVisible();
  await page.waitForLoadState("networkidle");
  await page.keyboard.press("/");
  await expect(page.getByLabel("Search events")).toBeFocused();
  await page.keyboard.press("Escape");
  for (const [key, row] of [
    ["j", 1],
    ["j", 2],
    ["k", 1],
  ] as const) {
    await page.keyboard.press(key);
    await expect(rows(page).nth(row)).toBeFocused();
  }
});
