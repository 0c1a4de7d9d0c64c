import { signInByHttp } from "./fixtures/api-client";
import { expect, test } from "./fixtures/test";
import type { SeededOrganization } from "./fixtures/accounts";

test("an Admin who is demoted while a tab is open is refused at the next click", async ({
  page,
  browser,
  server,
  signIn,
}) => {
  const { admin, owner } = server.seed.globex.people;
  const theirs = await browser.newContext({ baseURL: server.origin });
  const tab = await theirs.newPage();
  await signIn(tab, admin);
  await tab.goto("/admin/setup/apps");
  await expect(tab.getByRole("link", { name: "New app" }).first()).toBeVisible();

  await signIn(page, owner);
  await page.goto("/admin/users");
  await page.getByRole("link", { name: "Globex admin" }).click();
  await page.getByRole("button", { name: "Change the role Admin" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Search roles").fill("contrib");
  await dialog.getByRole("radio", { name: "Contributor", exact: true }).click();
  await dialog.getByRole("button", { name: "Change role" }).click();
  await expect(page.getByText("The role of Globex admin is changed.")).toBeVisible();

  await tab.getByRole("link", { name: "New app" }).first().click();
  await expect(tab.getByText("There is nothing here")).toBeVisible();
  expect((await theirs.request.get("/v1/apps")).status()).toBe(403);
  await theirs.close();
});

test("who leaves is deactivated with a preview; all that is theirs ends, and the organization's tokens stay", async ({
  page,
  server,
  signIn,
  scanAxe,
}) => {
  test.setTimeout(120_000);
  const { instanceOwner, owner } = server.seed.acme.people;
  const { roleIds, instanceId } = server.seed.acme;
  const leaving = await signInByHttp(server.origin, instanceOwner);
  const issued = await leaving.call<{ ZUID: string; token: string }>("POST", "/v1/tokens", {
    name: "Stays behind",
    roleZUID: roleIds.publisher,
    instanceZUID: instanceId,
  });
  const login = await logInThroughApp(server.origin, server.seed.acme, "instanceOwner");
  const status = async (token: string) =>
    (await fetch(`${server.origin}/v1/token`, { headers: { authorization: `bearer ${token}` } })).status;
  expect([await status(issued.data.token), await status(login)]).toEqual([200, 200]);

  await signIn(page, owner);
  await page.goto(`/admin/users/${instanceOwner.id}`);
  await expect(page.getByRole("tab", { name: /^Logins/ })).toContainText("1");
  await page.getByRole("button", { name: "Deactivate" }).click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog.getByText("1 session", { exact: true })).toBeVisible();
  await expect(dialog.getByText("1 login through an app")).toBeVisible();
  await expect(dialog.getByText("Stays behind")).toBeVisible();
  await scanAxe(page);
  await dialog.getByRole("button", { name: "Deactivate" }).click();
  await expect(page.getByText("Deactivated: this person can neither sign in")).toBeVisible();

  expect((await leaving.call("GET", "/v1/token")).status).toBe(401);
  expect([await status(issued.data.token), await status(login)]).toEqual([200, 401]);
  await page.goto(`/instances/${instanceId}/tokens`);
  await expect(page.getByRole("row").filter({ hasText: "Stays behind" })).toContainText("Issuer left");

  await page.goto(`/admin/users/${instanceOwner.id}`);
  await page.getByRole("button", { name: "Reactivate" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Reactivate" }).click();
  await expect(page.getByRole("button", { name: "Deactivate" })).toBeVisible();
  expect(await status(login)).toBe(401);
});

test("a changed password signs the other browser out and ends the login tokens", async ({ server }) => {
  const { auditor } = server.seed.globex.people;
  const [here, elsewhere] = [await signInByHttp(server.origin, auditor), await signInByHttp(server.origin, auditor)];
  const login = await logInThroughApp(server.origin, server.seed.globex, "auditor");
  const change = { oldPassword: auditor.password, password: "seven purple lanterns over the harbor" };
  expect((await here.call("PUT", `/v1/users/${auditor.id}?action=updatePassword`, change)).status).toBe(200);
  expect((await here.call("GET", "/v1/token")).status).toBe(200);
  expect((await elsewhere.call("GET", "/v1/token")).status).toBe(401);
  const headers = { authorization: `bearer ${login}` };
  expect((await fetch(`${server.origin}/v1/token`, { headers })).status).toBe(401);
});

test("the last Owner can be neither deactivated nor changed, and the page says why", async ({
  page,
  server,
  signIn,
}) => {
  const { owner } = server.seed.globex.people;
  await signIn(page, owner);
  await page.goto(`/admin/users/${owner.id}`);
  const deactivate = page.getByRole("button", { name: "Deactivate" });
  await expect(deactivate).toHaveAttribute("aria-disabled", "true");
  await deactivate.focus();
  await expect(page.getByRole("tooltip")).toContainText("make somebody else its Owner first");
  await deactivate.press("Enter");
  await expect(page.getByRole("alertdialog")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Take the role Owner" }).first()).toHaveAttribute(
    "aria-disabled",
    "true",
  );
});

test("an Owner gives and takes a role and ends every session of a person", async ({ page, server, signIn }) => {
  const { member, owner } = server.seed.globex.people;
  const elsewhere = await signInByHttp(server.origin, member);
  await signInByHttp(server.origin, member);
  await signIn(page, owner);
  await page.goto(`/admin/users/${member.id}`);
  await page.getByRole("button", { name: "Give a role" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radio", { name: "SEO" }).click();
  await dialog.getByRole("button", { name: "Give role" }).click();
  const roles = page.getByRole("list", { name: "Roles" });
  await expect(roles.getByRole("listitem")).toHaveCount(2);
  await page.getByRole("button", { name: "Take the role SEO" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Take role" }).click();
  await expect(roles.getByRole("listitem")).toHaveCount(1);
  await page.getByRole("button", { name: "End all" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "End all" }).click();
  await expect(page.getByText("2 sessions ended.")).toBeVisible();
  expect((await elsewhere.call("GET", "/v1/token")).status).toBe(401);
});

test("people are found by name, role and state, and from the palette; who may not see them finds no page", async ({
  page,
  server,
  signIn,
  faults,
}) => {
  faults.allow(/^404 GET \/admin\/users/);
  const { auditor, publisher, developer } = server.seed.acme.people;
  await signIn(page, auditor);
  await page.goto("/admin/users?role=31-71cfc74-d3v3l0p3r&status=active");
  await expect(page.getByRole("row")).toHaveCount(2);
  await expect(page.getByRole("link", { name: "Acme developer" })).toBeVisible();
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox", { name: "Jump to anything" })).toBeFocused();
  await page.keyboard.type("developer@acme");
  await page.getByRole("option", { name: /Acme developer/ }).click();
  await expect(page).toHaveURL(`/admin/users/${developer.id}`);
  await expect(page.getByRole("button", { name: /deactivate|give a role|take the role|^end/i })).toHaveCount(0);

  await signIn(page, publisher);
  for (const path of ["/admin/users", `/admin/users/${developer.id}`])
    expect((await page.goto(path))?.status(), path).toBe(404);
});

/** The access token of a new login of the person through a new app. */
async function logInThroughApp(
  origin: string,
  { accountName, people }: SeededOrganization,
  who: "instanceOwner" | "auditor",
): Promise<string> {
  const owner = await signInByHttp(origin, people.owner);
  const app = await owner.call<{ ZUID: string; secret: string }>("POST", "/v1/apps", { name: `Till of ${who}` });
  const { email, password } = people[who];
  const answer = await fetch(`${origin}/v1/tokens`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      grant_type: "password",
      account_name: accountName,
      user_name: email,
      password,
      app_id: app.data.ZUID,
      app_secret: app.data.secret,
    }),
  });
  const { credentials } = (await answer.json()) as { credentials: { access_token: string } };
  return credentials.access_token;
}
