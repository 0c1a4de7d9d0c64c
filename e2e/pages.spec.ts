import type { BrowserContext, Page } from "playwright/test";
import { expect, test } from "./fixtures/test";
import { consolePages, open } from "./fixtures/pages";
import { fill, issue, shape } from "./fixtures/worst-names";

test.describe.configure({ mode: "parallel" });

/** Both themes and both sizes, in as few walks as that takes. */
const LOOKS = [
  ["light on a desktop", "light", 1440, 900],
  ["dark on a phone", "dark", 390, 844],
] as const;

/** Those that need no session, and those that stand for what is not there. */
const PUBLIC_PAGES = ["/forgot", "/invite/opened", "/reset/opened", "/problems/forbidden", "/no-such-page"];

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
    const pages = await consolePages(server);
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.setViewportSize({ width, height });
    await open(page, "/sign-in");
    await scanAxe(page);
    await signIn(page, server.seed.acme.people.owner);
    for (const path of [...pages, ...PUBLIC_PAGES]) {
      await open(page, path);
      await scanAxe(page);
      await expectNoSidewaysScroll(page, width);
    }
  });
}

test("another organization's app, key, token, event, instance, role and person look like ones that do not exist", async ({
  page,
  server,
  signIn,
  faults,
}) => {
  faults.allow(/^404 GET /);
  const { app, key } = await fill(server.origin, server.seed.globex.people.owner);
  const { instanceId } = server.seed.acme;
  const token = await issue(server.origin, server.seed.globex);
  const role = await shape(server.origin, server.seed.globex);
  await signIn(page, server.seed.acme.people.owner);
  const foreign = [
    [`/instances/${instanceId}/tokens/${token}`, `/instances/${instanceId}/tokens/55-19000000000-bbbbbbbb`],
    [`/instances/${server.seed.globex.instanceId}/tokens`, "/instances/8-19000000000-bbbbbbbb/tokens"],
    [`/admin/setup/apps/${app}`, "/admin/setup/apps/80-19000000000-bbbbbbbb"],
    [`/admin/setup/apps/${app}/keys/${key}`, "/admin/setup/apps/80-19000000000-bbbbbbbb/keys/56-19000000000-bbbbbbbb"],
    [`/instances/${server.seed.globex.instanceId}`, "/instances/8-19000000000-bbbbbbbb"],
    [`/instances/${instanceId}/roles/${role}`, `/instances/${instanceId}/roles/30-19000000000-bbbbbbbb`],
    [`/admin/users/${server.seed.globex.people.owner.id}`, "/admin/users/5-19000000000-bbbbbbbb"],
  ];
  for (const [theirs = "", nobodys = ""] of foreign) {
    expect([theirs, await shown(page, theirs)]).toEqual([theirs, await shown(page, nobodys)]);
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

async function shown(page: Page, path: string) {
  const answer = await page.goto(path);
  return [answer?.status(), await page.getByRole("main").innerText()];
}

async function expectNoSidewaysScroll(page: Page, width: number) {
  const needed = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(needed, `${page.url()} is wider than the window`).toBeLessThanOrEqual(width);
}
