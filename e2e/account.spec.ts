import { signInByHttp } from "./fixtures/api-client";
import { expect, test } from "./fixtures/test";

const NEW = "seven purple lanterns over the harbor";

test("a person finds who they are and what they hold, from the menu and from the palette", async ({
  page,
  server,
  signIn,
}) => {
  const { publisher } = server.seed.acme.people;
  await signIn(page, publisher);
  await page.goto("/");
  await page.getByRole("button", { name: /Acme publisher/ }).click();
  await page.getByRole("menuitem", { name: "Your account" }).click();
  await expect(page).toHaveURL(/\/account$/);
  const main = page.getByRole("main");
  await expect(main.getByText(publisher.email)).toBeVisible();
  await expect(main.getByText("Publisher", { exact: true })).toBeVisible();
  await expect(main.getByText("Acme Main")).toBeVisible();

  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox", { name: "Jump to anything" })).toBeFocused();
  await page.keyboard.type("your sess");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/account\/sessions$/);
});

test("a person ends one session, then all the others, and stays signed in here", async ({ page, server, signIn }) => {
  const { auditor } = server.seed.acme.people;
  const [laptop, tablet] = [await signInByHttp(server.origin, auditor), await signInByHttp(server.origin, auditor)];
  const statusOf = async (client: typeof laptop) => (await client.call("GET", "/v1/token")).status;
  await signIn(page, auditor);
  await page.goto("/account/sessions");
  const rows = page.getByRole("list", { name: "Sessions" }).getByRole("listitem");
  await expect(rows).toHaveCount(3);
  await expect(rows.first()).toContainText("This session");
  await expect(rows.first().getByRole("button")).toHaveCount(0);

  await rows
    .nth(1)
    .getByRole("button", { name: /^End the session of node/ })
    .click();
  await page.getByRole("button", { name: "End session" }).click();
  await expect(rows).toHaveCount(2);
  expect([await statusOf(laptop), await statusOf(tablet)].sort()).toEqual([200, 401]);

  await page.getByRole("button", { name: "End the others" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "End the others" }).click();
  await expect(rows).toHaveCount(1);
  expect([await statusOf(laptop), await statusOf(tablet)]).toEqual([401, 401]);
  await expect(page.getByRole("button", { name: "End the others" })).toHaveCount(0);
});

test("a changed password ends the other sessions, keeps this one, and is the one to sign in with", async ({
  page,
  server,
  signIn,
  faults,
}) => {
  faults.allow(/^(401|422) PUT \/v1\/users\//);
  const { developer } = server.seed.globex.people;
  const elsewhere = await signInByHttp(server.origin, developer);
  await signIn(page, developer);
  await page.goto("/account/security");
  const [present, next] = [page.getByLabel("Present password"), page.getByLabel("New password")];
  const change = page.getByRole("button", { name: "Change password" });

  await present.fill("wrong horse battery staple");
  await next.fill(NEW);
  await change.click();
  await expect(page.getByText("Is not your password")).toBeVisible();
  await expect(page).toHaveURL(/\/account\/security$/);
  await present.fill(developer.password);
  await next.fill("aaaaaaaaaaaaaaaaaaaa");
  await change.click();
  await expect(page.getByText(/too easy to guess/i)).toBeVisible();
  expect((await elsewhere.call("GET", "/v1/token")).status).toBe(200);

  await next.fill(NEW);
  await change.click();
  await expect(page.getByText("Your password was changed. 1 other session ended.")).toBeVisible();
  await expect(present).toHaveValue("");
  expect((await elsewhere.call("GET", "/v1/token")).status).toBe(401);
  await page.goto("/account");
  await expect(page.getByRole("main").getByText(developer.email)).toBeVisible();
  await signInByHttp(server.origin, { ...developer, password: NEW });
});

test("signing out is in the palette too", async ({ page, server, signIn, faults }) => {
  // The session's clock may ask how long it has while it ends.
  faults.allow(/^401 GET \/v1\/sessions\/current$/);
  await signIn(page, server.seed.globex.people.publisher);
  await page.goto("/");
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox", { name: "Jump to anything" })).toBeFocused();
  await page.keyboard.type("sign out");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/sign-in/);
  expect((await page.request.get("/v1/sessions/current")).status()).toBe(401);
});
