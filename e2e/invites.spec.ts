import type { Page } from "playwright/test";
import { linkMailedTo } from "./fixtures/outbox";
import { expect, test } from "./fixtures/test";

const PASSWORD = "seven quiet herons at dusk";

test("an owner invites a colleague, who joins by the mailed link and may do what a Publisher may", async ({
  page,
  browser,
  server,
  signIn,
}) => {
  const { owner } = server.seed.acme.people;
  const { instanceId } = server.seed.acme;
  await signIn(page, owner);
  await page.goto("/admin/invites");
  await page.getByRole("button", { name: "Invite somebody" }).click();
  const dialog = page.getByRole("dialog", { name: "Invite somebody" });
  await dialog.getByLabel("E-mail").fill("lena@example.com");
  await dialog.getByLabel("Name").fill("Lena Fischer");
  await dialog.getByRole("combobox", { name: "Where" }).click();
  await page.getByRole("option", { name: "Acme Main" }).click();
  await dialog.getByRole("radio", { name: "Publisher" }).click();
  await dialog.getByRole("button", { name: "Send invitation" }).click();
  await expect(page.getByText("The invitation was mailed to lena@example.com.")).toBeVisible();
  await expect(rowOf(page, "lena@example.com")).toContainText("Open");

  await page.goto("/admin/outbox");
  await page.getByRole("button", { name: "Show the mails" }).click();
  await page.getByText("Acme Owner invites you to Acme").first().click();
  const link = await linkMailedTo(server, "lena@example.com", "invite");
  await expect(page.getByText(link)).toBeVisible();
  await page.goto(link);
  await expect(
    page.getByText("You are signed in as Acme Owner. Sign out to answer as lena@example.com."),
  ).toBeVisible();

  const other = await browser.newContext({ baseURL: server.origin });
  const colleague = await other.newPage();
  await colleague.goto(link);
  await expect(colleague.getByRole("heading", { name: "Join Acme" })).toBeVisible();
  await expect(colleague).toHaveURL(/\/invite\/opened$/);
  await expect(colleague.getByLabel("First name")).toHaveValue("Lena");
  await colleague.getByRole("textbox", { name: "Password" }).fill("too short");
  await colleague.getByRole("button", { name: "Join and sign in" }).click();
  await expect(colleague.getByText("needs at least 15 characters")).toBeVisible();
  await colleague.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
  await colleague.getByRole("button", { name: "Join and sign in" }).click();
  await expect(colleague.getByRole("button", { name: /Lena Fischer/ })).toBeVisible();

  const navigation = colleague.getByRole("navigation");
  await expect(navigation.getByRole("link", { name: "Acme Main" })).toBeVisible();
  for (const name of ["Apps", "Invitations", "Outbox"])
    await expect(navigation.getByRole("link", { name })).toHaveCount(0);
  for (const path of ["/admin/setup/apps", "/admin/invites", "/admin/outbox"])
    expect((await colleague.goto(path))?.status(), path).toBe(404);
  await colleague.goto(`/instances/${instanceId}`);
  await expect(colleague.getByRole("link", { name: "Issue a token" })).toHaveCount(0);
  const issued = await colleague.request.post("/v1/tokens", {
    headers: { origin: server.origin },
    data: { name: "Sneaky", roleZUID: server.seed.acme.roleIds.publisher, instanceZUID: instanceId },
  });
  expect(issued.status()).toBe(403);
  expect((await colleague.goto(link))?.status()).toBe(200);
  await expect(colleague.getByRole("heading", { name: "This link does not work" })).toBeVisible();
  await other.close();

  await page.goto("/admin/invites");
  await expect(rowOf(page, "lena@example.com")).toContainText("Accepted");
});

test("an invitation is sent again, its old link dies, and canceling it kills the new one", async ({
  page,
  browser,
  server,
  signIn,
}) => {
  await signIn(page, server.seed.acme.people.owner);
  const body = { inviteeEmail: "kofi@example.com", entityZUID: server.seed.acme.id, accessLevel: 2 };
  await page.request.post("/v1/invites", { headers: { origin: server.origin }, data: body });
  const first = await linkMailedTo(server, "kofi@example.com", "invite");
  await page.goto("/admin/invites");
  await act(page, "Send again", "Send again");
  await expect(page.getByText("The invitation was mailed to kofi@example.com.")).toBeVisible();
  const second = await linkMailedTo(server, "kofi@example.com", "invite");
  expect(second).not.toBe(first);

  const other = await browser.newContext({ baseURL: server.origin });
  const colleague = await other.newPage();
  const heading = async (link: string) => {
    await colleague.goto(link);
    return colleague.locator("h1").first().innerText();
  };
  expect([await heading(first), await heading(second)]).toEqual(["This link does not work", "Join Acme"]);
  await act(page, "Cancel", "Cancel invitation");
  await expect(rowOf(page, "kofi@example.com")).toContainText("Canceled");
  expect(await heading(second)).toBe("This link does not work");
  await other.close();
});

test("somebody with an account signs in to answer, and an auditor sees invitations without a way to change them", async ({
  page,
  browser,
  server,
  signIn,
}) => {
  const { owner, member, auditor } = server.seed.acme.people;
  await signIn(page, owner);
  const body = { inviteeEmail: member.email, entityZUID: server.seed.acme.instanceId, accessLevel: 3 };
  await page.request.post("/v1/invites", { headers: { origin: server.origin }, data: body });
  const link = await linkMailedTo(server, member.email, "invite");

  const other = await browser.newContext({ baseURL: server.origin });
  const colleague = await other.newPage();
  await colleague.goto(link);
  await colleague.getByRole("link", { name: "Sign in to answer" }).click();
  await colleague.getByLabel("E-mail").fill(member.email);
  await colleague.getByRole("textbox", { name: "Password" }).fill(member.password);
  await colleague.getByRole("button", { name: "Sign in" }).click();
  await colleague.getByRole("button", { name: "Accept" }).click();
  await expect(colleague.getByRole("button", { name: /Acme member/ })).toBeVisible();
  await other.close();

  await page.context().clearCookies();
  await signIn(page, auditor);
  await page.goto("/admin/invites");
  await expect(rowOf(page, member.email)).toContainText("Accepted");
  await expect(page.getByRole("button", { name: /invite somebody|actions/i })).toHaveCount(0);
});

test("a forgotten password is chosen anew by a mailed link, once", async ({ page, server, faults }) => {
  faults.allow(/^404 POST \/auth\/password-reset$/);
  const { contributor } = server.seed.acme.people;
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await expect(page).toHaveURL(/\/forgot$/);
  await page.getByLabel("E-mail").fill(contributor.email);
  await page.getByRole("button", { name: "Send the link" }).click();
  await expect(page.getByText("a link is on its way")).toBeVisible();

  const link = await linkMailedTo(server, contributor.email, "reset");
  await page.goto(link);
  await expect(page.getByText(contributor.email)).toBeVisible();
  await expect(page).toHaveURL(/\/reset\/opened$/);
  await page.getByRole("textbox", { name: "New password" }).fill(PASSWORD);
  await page.getByRole("button", { name: "Change password" }).click();
  await page.getByRole("link", { name: "Sign in" }).click();
  await page.getByLabel("E-mail").fill(contributor.email);
  await page.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("button", { name: /Acme contributor/ })).toBeVisible();
  await page.goto(link);
  await expect(page.getByRole("heading", { name: "This link does not work" })).toBeVisible();
});

const rowOf = (page: Page, text: string) => page.getByRole("row").filter({ hasText: text });

async function act(page: Page, item: string, confirm: string) {
  await page.getByRole("button", { name: "Actions for kofi@example.com" }).click();
  await page.getByRole("menuitem", { name: item }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: confirm }).click();
  await expect(page.getByRole("alertdialog")).toHaveCount(0);
}
