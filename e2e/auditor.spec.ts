import type { Page } from "playwright/test";
import { signInByHttp } from "./fixtures/api-client";
import { verifyByPython } from "./fixtures/bundles";
import { consolePages, open } from "./fixtures/pages";
import { sealed } from "./fixtures/sealed";
import type { Server } from "./fixtures/start-server";
import { expect, test } from "./fixtures/test";
import { issue } from "./fixtures/worst-names";

const DAY = 86_400_000;
const EVENT = { verb: 4, target: { type: "page", name: "Front page" }, action: "api.pages.published" };

/**
 * A token that a protected API accepted, and refused once last week and once before that; and a change that the trail
 * has a diff of. Answers the token's id.
 */
async function makeHistory({ origin, seed }: Server): Promise<string> {
  const owner = await signInByHttp(origin, seed.acme.people.owner);
  const { instanceId, roleIds } = seed.acme;
  const grant = { name: "Deploy robot", roleZUID: roleIds.publisher, instanceZUID: instanceId };
  const token = (await owner.call<{ ZUID: string }>("POST", "/v1/tokens", grant)).data.ZUID;
  const app = (await owner.call<{ ZUID: string }>("POST", "/v1/apps", { name: "Website" })).data.ZUID;
  const { key } = (await owner.call<{ key: string }>("POST", `/v1/apps/${app}/keys`, { name: "Reporter" })).data;
  const at = (days: number) => new Date(Date.now() - days * DAY).toISOString();
  const events = [
    { outcome: "denied", occurredAt: at(9) },
    { outcome: "denied", occurredAt: at(3) },
    { outcome: "allowed", occurredAt: at(2) },
  ].map((event) => ({ ...EVENT, ...event, credential: token }));
  const reported = await fetch(`${origin}/v1/audit-events`, {
    method: "POST",
    headers: { authorization: `apikey ${key}`, "content-type": "application/json" },
    body: JSON.stringify(events),
  });
  expect(reported.status).toBe(201);
  expect((await owner.call("PUT", `/v1/tokens/${token}`, { name: "Publishing robot" })).status).toBe(200);
  return token;
}

test("an auditor finds what a token was denied last week, sees it proved, takes the proof along, and that is on the trail", async ({
  page,
  server,
  signIn,
  scanAxe,
}) => {
  test.setTimeout(120_000);
  const token = await makeHistory(server);
  await signIn(page, server.seed.acme.people.auditor);
  await sealed(page);
  const rows = page.getByRole("table", { name: "Events" }).getByRole("row");
  const params = () => Object.fromEntries(new URL(page.url()).searchParams);

  await test.step("the token's page leads to what was done to it, with its diff", async () => {
    const home = `/instances/${server.seed.acme.instanceId}/tokens/${token}`;
    await page.goto(home);
    await expect(page.getByRole("link", { name: "What it did" })).toHaveAttribute("href", `/audit?actor=${token}`);
    await page.getByRole("link", { name: "History" }).click();
    await expect(rows).toHaveCount(3);
    expect(params()).toEqual({ target: token });
    await rows.filter({ hasText: "token.updated" }).click();
    const sheet = page.getByRole("dialog", { name: "Acme Owner changed the token Publishing robot" });
    await expect(sheet.getByText("name: Deploy robot")).toBeVisible();
    await expect(sheet.getByText("name: Publishing robot")).toBeVisible();
    await expect(sheet.getByRole("link", { name: "Publishing robot" })).toHaveAttribute("href", home);
    const owner = `/admin/users/${server.seed.acme.people.owner.id}`;
    await expect(sheet.getByRole("link", { name: "Acme Owner" })).toHaveAttribute("href", owner);
    await page.keyboard.press("Escape");
    await expect(sheet).toBeHidden();
  });

  await test.step("filters lead from there to what it was denied in the last seven days", async () => {
    await page.getByRole("button", { name: "Remove the filter Target" }).click();
    await page.getByRole("button", { name: "Filter", exact: true }).click();
    await page.getByRole("menuitem", { name: "Actor", exact: true }).click();
    await page.getByRole("textbox", { name: "Actor" }).fill(token);
    await page.getByRole("button", { name: "Apply" }).click();
    await expect(rows).toHaveCount(4);
    await page.getByRole("button", { name: "Outcome any" }).click();
    await page.getByRole("menuitemradio", { name: "denied" }).click();
    await expect(rows).toHaveCount(3);
    await page.getByRole("button", { name: "When any" }).click();
    await page.getByRole("button", { name: "last 7 days" }).click();
    await expect(rows).toHaveCount(2);
    expect(params()).toEqual({ actor: token, outcome: "denied", time: "7d" });
    await scanAxe(page);
  });

  await test.step("the event says what was tried, that nothing changed, and is proved in the browser", async () => {
    await rows.nth(1).click();
    const sheet = page.getByRole("dialog", {
      name: "Deploy robot was refused to do api.pages.published on the page Front page",
    });
    await expect(sheet.getByText("nothing changed: the request was denied")).toBeVisible();
    await expect(sheet.getByLabel("JSON of the event", { exact: true })).toContainText('"outcome": "denied"');
    await expect(sheet.getByText(/^Sealed as event \d+\.$/)).toBeVisible();
    await sheet.getByRole("button", { name: "Verify in this browser" }).click();
    await expect(sheet.getByText("included and signed")).toBeVisible();
    await expect(sheet.getByText(/^Event \d+ of \d+, in a tree that latchkey-[0-9a-f]{8} has signed/)).toBeVisible();
    await scanAxe(page);
    await page.keyboard.press("Escape");
  });

  await test.step("the bundle of the filter verifies outside the server, and taking it is on the trail", async () => {
    const downloading = page.waitForEvent("download");
    await page.getByRole("button", { name: "Export" }).click();
    await page.getByRole("menuitem", { name: "As a bundle, with what proves it" }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toMatch(/^latchkey-acme-0-\d+-filtered-\d{4}-\d\d-\d\d\.zip$/);
    const said = await verifyByPython(server, await download.path());
    expect(said).toContain(": VERIFIED\n");
    expect(said).toMatch(/^ +events +1: /m);
    await page.goto("/audit?action=trail.exported");
    await expect(rows).toHaveCount(2);
    await expect(rows.nth(1)).toContainText("Acme auditor");
  });
});

/** What a control that changes something is called. */
const WRITES =
  /\b(generate|rotate|revoke|edit|delete|disable|enable|replace|new|create|add|invite|resend|cancel|issue|register|restore|deactivate|reactivate|reset|pause|resume|test|end|finish|extend|roll back|give|remove|change|confirm|save|more)\b/i;
/** What is called so and changes nothing. */
const WAIVED = [/^Remove the filter /];
/** An auditor's own account is theirs to change. */
const OWN = /^\/account/;

/** The controls of the page whose names say that they change something. */
async function writeControls(page: Page): Promise<string[]> {
  // Hidden ones too: what an open sheet covers is on the page all the same.
  const controls = page
    .locator("main, [role=dialog]")
    .locator("button, a, [role=button], [role=menuitem], [type=submit]");
  const names = await controls.evaluateAll((all) =>
    all.map((each) => each.getAttribute("aria-label") ?? each.textContent ?? ""),
  );
  return names.filter((name) => WRITES.test(name) && !WAIVED.some((waived) => waived.test(name)));
}

test("no page has a control for an auditor that changes anything but their own account", async ({
  page,
  server,
  signIn,
  faults,
}) => {
  test.setTimeout(180_000);
  faults.allow(/^404 GET \//);
  const pages = (await consolePages(server)).filter((path) => !OWN.test(path));
  await signIn(page, server.seed.acme.people.auditor);
  const [absent, found]: [string[], string[][]] = [[], []];
  for (const path of pages) {
    if ((await open(page, path)) === 404) absent.push(path);
    const controls = await writeControls(page);
    if (controls.length > 0) found.push([path, ...controls]);
  }
  expect(found).toEqual([]);
  const { instanceId } = server.seed.acme;
  expect(absent).toEqual(["/admin/setup/apps/new", `/instances/${instanceId}/tokens/new`, "/admin/outbox"]);

  // The same look finds them for who may write.
  await signIn(page, server.seed.acme.people.owner);
  await open(page, "/admin/setup/apps");
  expect(await writeControls(page)).toContain("New app");
});

test("the API refuses an auditor's session what no page offers", async ({ page, server, signIn }) => {
  const { origin, seed } = server;
  const token = await issue(origin, seed.acme);
  await signIn(page, seed.acme.people.auditor);
  const grant = { name: "Robot", roleZUID: seed.acme.roleIds.publisher, instanceZUID: seed.acme.instanceId };
  const stream = { kind: "webhook", name: "SIEM", url: "http://127.0.0.1:9/" };
  for (const [method, path, data] of [
    ["POST", "/v1/apps", { name: "Website" }],
    ["POST", "/v1/tokens", grant],
    ["PATCH", "/v1/policy", { idleMinutes: 20 }],
    ["POST", "/v1/streams", stream],
    ["DELETE", `/v1/tokens/${token}`, { reason: "leaked" }],
  ] as const) {
    const headers = { origin, "sec-fetch-site": "same-origin" };
    const answer = await page.request.fetch(path, { method, headers, data });
    expect(`${answer.status()} ${method} ${path}`).toBe(`403 ${method} ${path}`);
  }
});
