import type { BrowserContext, Page } from "playwright/test";
import type { SeededOrganization } from "./fixtures/accounts";
import { signInByHttp } from "./fixtures/api-client";
import { expect, test } from "./fixtures/test";

const LONG = "A name of exactly eighty characters, which every layout must bear without help..";

interface Places {
  app: string;
  key: string;
  event: string;
}

/** Both themes and both sizes, in as few walks as that takes. */
const LOOKS = [
  ["light on a desktop", "light", 1440, 900],
  ["dark on a phone", "dark", 390, 844],
] as const;

for (const [look, colorScheme, width, height] of LOOKS) {
  test(`no page has a serious accessibility finding or scrolls sideways, ${look}`, async ({
    page,
    server,
    signIn,
    scanAxe,
    faults,
  }) => {
    test.setTimeout(300_000);
    faults.allow(/^404 GET \/no-such-page$/);
    const { app, key, event } = await fill(server.origin, server.seed.acme.people.owner);
    const token = await issue(server.origin, server.seed.acme);
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.setViewportSize({ width, height });
    const pages = [
      "/",
      "/admin/setup/apps",
      "/admin/setup/apps?q=nothing-has-this-name",
      "/admin/setup/apps/new",
      `/admin/setup/apps/${app}`,
      `/admin/setup/apps/${app}?tab=logins`,
      `/admin/setup/apps/${app}?tab=activity`,
      `/admin/setup/apps/${app}?tab=settings`,
      `/admin/setup/apps/${app}/keys/${key}`,
      "/audit",
      `/audit?event=${event}`,
      "/credentials",
      "/instances",
      `/instances/${server.seed.acme.instanceId}`,
      `/instances/${server.seed.acme.instanceId}/tokens`,
      `/instances/${server.seed.acme.instanceId}/tokens?q=nothing-has-this-name`,
      `/instances/${server.seed.acme.instanceId}/tokens/new`,
      `/instances/${server.seed.acme.instanceId}/tokens/${token}`,
      "/account",
      "/account/sessions",
      "/account/security",
      "/problems/forbidden",
      "/no-such-page",
    ];
    await open(page, "/sign-in");
    await scanAxe(page);
    await signIn(page, server.seed.acme.people.owner);
    for (const path of pages) {
      await open(page, path);
      await scanAxe(page);
      await expectNoSidewaysScroll(page, width);
    }
  });
}

test("another organization's app, key, token, event and instance look like ones that do not exist", async ({
  page,
  server,
  signIn,
  faults,
}) => {
  faults.allow(/^404 GET /);
  const { app, key } = await fill(server.origin, server.seed.globex.people.owner);
  const { instanceId } = server.seed.acme;
  const token = await issue(server.origin, server.seed.globex);
  await signIn(page, server.seed.acme.people.owner);
  const foreign = [
    [`/instances/${instanceId}/tokens/${token}`, `/instances/${instanceId}/tokens/55-19000000000-bbbbbbbb`],
    [`/instances/${server.seed.globex.instanceId}/tokens`, "/instances/8-19000000000-bbbbbbbb/tokens"],
    [`/admin/setup/apps/${app}`, "/admin/setup/apps/80-19000000000-bbbbbbbb"],
    [`/admin/setup/apps/${app}/keys/${key}`, "/admin/setup/apps/80-19000000000-bbbbbbbb/keys/56-19000000000-bbbbbbbb"],
    [`/instances/${server.seed.globex.instanceId}`, "/instances/8-19000000000-bbbbbbbb"],
  ];
  for (const [theirs = "", nobodys = ""] of foreign) {
    expect([theirs, await shown(page, theirs)]).toEqual([theirs, await shown(page, nobodys)]);
  }
});

test("an auditor sees apps, keys and the trail, and no control that changes anything", async ({
  page,
  server,
  signIn,
}) => {
  const { app, key } = await fill(server.origin, server.seed.acme.people.owner);
  await signIn(page, server.seed.acme.people.auditor);
  for (const path of [
    "/admin/setup/apps",
    `/admin/setup/apps/${app}`,
    `/admin/setup/apps/${app}/keys/${key}`,
    "/audit",
  ]) {
    await open(page, path);
    await expect(
      page.getByRole("button", { name: /\b(generate|rotate|revoke|edit|delete|disable|replace)\b/i }),
    ).toHaveCount(0);
    await expect(page.getByRole("link", { name: /new app|register/i })).toHaveCount(0);
  }
});

test("who holds no role for apps finds no such page, and no way to it", async ({ page, server, signIn, faults }) => {
  faults.allow(/^404 GET \/(admin\/setup\/apps|audit)$/);
  await signIn(page, server.seed.acme.people.publisher);
  await page.goto("/");
  await expect(page.getByRole("navigation").getByRole("link", { name: "Apps" })).toHaveCount(0);
  for (const path of ["/admin/setup/apps", "/audit"]) {
    expect((await page.goto(path))?.status(), path).toBe(404);
  }
});

test("signing out ends this browser's session and leaves the other one alone", async ({
  page,
  browser,
  server,
  signIn,
  faults,
}) => {
  // The session's clock may ask how long it has while it ends.
  faults.allow(/^401 GET \/v1\/sessions\/current$/);
  const { owner } = server.seed.acme.people;
  const other = await browser.newContext({ baseURL: server.origin });
  await signIn(page, owner);
  await signIn(await other.newPage(), owner);
  const copied = await page.context().cookies();
  await page.goto("/");
  await page.getByRole("button", { name: /Acme Owner/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  expect(await sessionStatus(page.context())).toBe(401);
  await page.context().addCookies(copied);
  expect(await sessionStatus(page.context())).toBe(401);
  expect(await sessionStatus(other)).toBe(200);
  await other.close();
});

const sessionStatus = async (context: BrowserContext) => (await context.request.get("/v1/sessions/current")).status();

async function open(page: Page, path: string) {
  await page.goto(path);
  // By its tag: an open sheet takes the page behind it out of the accessibility tree, roles included.
  await expect(page.locator("h1").first()).toBeVisible();
  await page.waitForLoadState("networkidle");
}

async function shown(page: Page, path: string) {
  const answer = await page.goto(path);
  return [answer?.status(), await page.getByRole("main").innerText()];
}

async function expectNoSidewaysScroll(page: Page, width: number) {
  const needed = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(needed, `${page.url()} is wider than the window`).toBeLessThanOrEqual(width);
}

let filled = 0;

/** An app with a long name and a key under rotation, made anew for each test. */
/** A token with a long name and a rotation under way; answers its id. */
async function issue(origin: string, { people, instanceId, roleIds }: SeededOrganization): Promise<string> {
  const client = await signInByHttp(origin, people.owner);
  const name = `${filled++} ${LONG}`.slice(0, 80);
  const body = { name, roleZUID: roleIds.publisher, instanceZUID: instanceId };
  const { data } = await client.call<{ ZUID: string }>("POST", "/v1/tokens", body);
  await client.call("POST", `/v1/tokens/${data.ZUID}/rotations`, { overlapHours: 1 });
  return data.ZUID;
}

async function fill(origin: string, owner: Parameters<typeof signInByHttp>[1]): Promise<Places> {
  const client = await signInByHttp(origin, owner);
  const name = `${filled++} ${LONG}`.slice(0, 80);
  const app = await client.call<{ ZUID: string }>("POST", "/v1/apps", { name });
  const key = await client.call<{ ZUID: string }>("POST", `/v1/apps/${app.data.ZUID}/keys`, {
    name: LONG.slice(0, 80),
  });
  await client.call("POST", `/v1/keys/${key.data.ZUID}/rotations`, { overlapHours: 1 });
  const events = await client.call<{ ZUID: string }[]>("GET", "/v1/audit-events?limit=1");
  return { app: app.data.ZUID, key: key.data.ZUID, event: events.data[0]?.ZUID ?? "" };
}
