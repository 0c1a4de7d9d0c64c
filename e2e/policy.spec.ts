import { signInByHttp } from "./fixtures/api-client";
import { expect, test } from "./fixtures/test";

test("an Owner changes the policy, is told what ends, and confirms it; the trail says so", async ({
  page,
  server,
  signIn,
}) => {
  await signIn(page, server.seed.globex.people.owner);
  await page.goto("/admin/policy");
  const idle = page.getByLabel("Sign out after no action for");
  await expect(idle).toHaveValue("30");
  await expect(page.getByRole("button", { name: "Save changes" })).toBeDisabled();

  await idle.fill("3");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Must be a whole number from 5 to 1,440")).toBeVisible();
  await idle.fill("20");
  await page.getByRole("button", { name: "Save changes" }).click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog).toContainText("Sessions idle for more than 20 minutes end at once.");
  await dialog.getByRole("button", { name: "Change the policy" }).click();
  await expect(dialog).toBeHidden();
  await expect(idle).toHaveValue("20");
  await page.reload();
  await expect(idle).toHaveValue("20");
  await page.goto("/audit");
  await expect(page.getByText("policy.updated").first()).toBeVisible();
});

test("who would lock themselves out by asking for a second factor is refused, and told what to do", async ({
  page,
  server,
  signIn,
  faults,
}) => {
  faults.allow(/^409 PATCH \/v1\/policy$/);
  await signIn(page, server.seed.acme.people.owner);
  await page.goto("/admin/policy");
  await page.getByLabel("Everybody", { exact: true }).check();
  await page.getByRole("button", { name: "Save changes" }).click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog).toContainText(/\d+ people have no second factor and will have to set one up\./);
  await dialog.getByRole("button", { name: "Change the policy" }).click();
  await expect(dialog).toContainText("you have no second factor yet");
});

test("an auditor reads the policy and cannot change it; a developer finds no such page", async ({
  page,
  browser,
  server,
  signIn,
  faults,
}) => {
  faults.allow(/^404 GET \/admin\/policy$/);
  await signIn(page, server.seed.acme.people.auditor);
  await page.goto("/admin/policy");
  await expect(page.getByText("Who needs a second factor")).toBeVisible();
  await expect(page.getByRole("main").getByRole("button", { name: /save|change/i })).toHaveCount(0);
  const context = await browser.newContext({ baseURL: server.origin });
  const other = await context.newPage();
  await signIn(other, server.seed.acme.people.developer);
  expect((await other.goto("/admin/policy"))?.status()).toBe(404);
  await expect(other.getByRole("link", { name: "Policy" })).toHaveCount(0);
  await context.close();
});

test("a registered resource is named by an app, opens its endpoints to a token, and is deleted only when nothing names it", async ({
  page,
  server,
  signIn,
  faults,
}) => {
  test.setTimeout(120_000);
  faults.allow(/^409 DELETE \/v1\/resources\/orders$/);
  const { instanceId, people } = server.seed.acme;
  await signIn(page, people.owner);
  await page.goto("/admin/resources");
  await page.getByRole("button", { name: "Register resource" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("orders");
  await dialog.getByLabel("Endpoints").fill("GET /orders read\nPOST /orders make");
  await dialog.getByRole("button", { name: "Register resource" }).click();
  await expect(dialog.getByText("this one is not: “POST /orders make”")).toBeVisible();
  await dialog.getByLabel("Endpoints").fill("GET /orders read\npost /orders create");
  await dialog.getByRole("button", { name: "Register resource" }).click();
  await expect(dialog).toBeHidden();
  const row = page.getByRole("row", { name: /^orders/ });
  await expect(row).toContainText("2 endpoints");

  await page.goto("/admin/setup/apps/new");
  await page.getByLabel("Name").fill("Order desk");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByLabel("Restricted").first().check();
  await expect(page.getByRole("checkbox", { name: "orders:read" })).toBeVisible();

  await page.goto(`/instances/${instanceId}/tokens/new`);
  await page.getByRole("textbox", { name: "Name" }).fill("Order import");
  await page
    .getByRole("radio", { name: /^Developer\b/ })
    .first()
    .check();
  await page.getByRole("button", { name: "Review" }).click();
  const opened = page.getByRole("region", { name: "orders" });
  await expect(opened).toContainText("POST");
  await expect(page.getByText(/No endpoints registered for content, schema/)).toBeVisible();
  await expect(page.getByRole("link", { name: "Register them" })).toHaveAttribute("href", "/admin/resources");

  const owner = await signInByHttp(server.origin, people.owner);
  const role = { name: "Order reader", entityZUID: instanceId, systemRoleZUID: "31-71cfc74-4ud1t0r" };
  const { data } = await owner.call<{ ZUID: string }>("POST", "/v1/roles", role);
  await owner.call("POST", `/v1/roles/${data.ZUID}/granulars`, { resourceZUID: "orders", read: true });
  await page.goto("/admin/resources");
  const remove = async () => {
    await page.getByRole("button", { name: "orders", exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete…" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Delete resource" }).click();
  };
  await remove();
  await expect(page.getByRole("alertdialog")).toContainText("orders is named by role Order reader");
  await page.getByRole("alertdialog").getByRole("button", { name: "Cancel" }).click();
  await owner.call("DELETE", `/v1/roles/${data.ZUID}`);
  await remove();
  await expect(row).toHaveCount(0);
});
