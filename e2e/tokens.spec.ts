import { signInByHttp } from "./fixtures/api-client";
import { store } from "./fixtures/reveal";
import { expect, test } from "./fixtures/test";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

test("a token is issued after a review, used, rotated, renewed and revoked, and its value is shown once", async ({
  page,
  server,
  signIn,
  scanAxe,
  faults,
}) => {
  test.setTimeout(120_000);
  faults.allow(/^409 POST \/v1\/tokens$/);
  const { people } = server.seed.acme;
  const owner = await signInByHttp(server.origin, people.owner);
  const { ZUID: instanceId } = (await owner.call("POST", "/v1/instances", { name: "Shop" })).data;
  const callWith = async (token: string) =>
    (await fetch(`${server.origin}/v1/token`, { headers: { authorization: `bearer ${token}` } })).status;
  await signIn(page, people.admin);

  await test.step("the empty list leads to issuing", async () => {
    await page.goto(`/instances/${instanceId}`);
    await page.getByRole("link", { name: "Access tokens" }).click();
    await expect(page.getByText("No token yet")).toBeVisible();
    await page.getByRole("link", { name: "Issue a token" }).first().click();
    await expect(page.getByRole("heading", { name: "Issue an access token" })).toBeVisible();
  });

  await test.step("a role beyond one's own is out of reach, with what it lacks", async () => {
    await expect(page.getByRole("radio", { name: "Owner" })).toBeDisabled();
    await expect(page.getByText("Exceeds your role: users:delete, users:super, roles:super")).toBeVisible();
    await page.getByLabel("Search roles").fill("publisher");
    await expect(page.getByRole("radio")).toHaveCount(1);
    await page.getByLabel("Search roles").fill("");
  });

  await test.step("what is missing is said, and the review tells power, risk and end", async () => {
    await page.getByRole("button", { name: "Review" }).click();
    await expect(page.getByText("needs at least 2 characters")).toBeVisible();
    await page.getByRole("textbox", { name: "Name" }).fill("Preview build");
    await page.getByRole("radio", { name: "Publisher" }).click();
    await page.getByRole("button", { name: "Review" }).click();
    await expect(page.getByText("Medium risk")).toBeVisible();
    await expect(page.getByText("It can publish or delete data.")).toBeVisible();
    await expect(page.getByText("in 30 days")).toBeVisible();
    await scanAxe(page);
    await page.getByRole("button", { name: "Back" }).click();
    await expect(page.getByRole("textbox", { name: "Name" })).toHaveValue("Preview build");
    await page.getByRole("button", { name: "Review" }).click();
  });

  const first = await test.step("issued, it works at once and its value is nowhere any more", async () => {
    await page.getByRole("button", { name: "Issue token" }).click();
    const value = await store(page);
    await expect(page.getByRole("heading", { name: "Preview build", level: 1 })).toBeVisible();
    expect(await callWith(value)).toBe(200);
    expect(await page.content()).not.toContain(value);
    return value;
  });

  await test.step("a name that is taken is said at its field, also when only the review asks the server", async () => {
    const tab = await page.context().newPage();
    await tab.goto(`/instances/${instanceId}/tokens/new`);
    await tab.getByRole("textbox", { name: "Name" }).fill("Preview build");
    await tab.getByRole("radio", { name: "Publisher" }).click();
    await tab.getByRole("button", { name: "Review" }).click();
    await tab.getByRole("button", { name: "Issue token" }).click();
    await expect(tab.getByRole("textbox", { name: "Name" })).toBeFocused();
    await expect(tab.getByRole("textbox", { name: "Name" })).toHaveAttribute("aria-invalid", "true");
    await tab.close();
  });

  await test.step("rotating and finishing ends the old value", async () => {
    await page.getByRole("button", { name: "Rotate", exact: true }).click();
    await page.getByRole("dialog").getByRole("radio", { name: "1 hour" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Rotate", exact: true }).click();
    const second = await store(page);
    await expect(page.getByRole("region", { name: "Rotation under way" })).toBeVisible();
    await page.getByRole("button", { name: "Finish now" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "End v1 now" }).click();
    await expect(page.getByRole("alertdialog")).toBeHidden();
    expect([await callWith(first), await callWith(second)]).toEqual([401, 200]);
  });

  await test.step("renewing gives the policy's days anew", async () => {
    await page.getByRole("button", { name: "More actions for Preview build" }).click();
    await page.getByRole("menuitem", { name: "Renew…" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Renew token" }).click();
    await expect(page.getByText(/^Preview build works until /)).toBeVisible();
  });

  await test.step("revoked, it stays in the list, struck through", async () => {
    await page.getByRole("button", { name: "Revoke", exact: true }).click();
    const dialog = page.getByRole("alertdialog");
    await dialog.getByRole("radio", { name: "Leaked" }).click();
    const typed = dialog.getByRole("textbox");
    if (await typed.isVisible()) await typed.fill("Preview build");
    await dialog.getByRole("button", { name: "Revoke token" }).click();
    await expect(page.getByText("Every version is refused for good.")).toBeVisible();
    await page.getByRole("link", { name: "Tokens" }).click();
    await expect(page.getByRole("row").filter({ hasText: "Preview build" })).toContainText("Revoked");
  });
});
