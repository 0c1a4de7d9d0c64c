import type { Page } from "playwright/test";
import { expect, test } from "./fixtures/test";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

test("a token is issued after a review, used, rotated, renewed and revoked, and its value is shown once", async ({
  page,
  server,
  signIn,
  scanAxe,
}) => {
  test.setTimeout(120_000);
  const { instanceId, people } = server.seed.acme;
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
    await page.getByLabel("Search roles").fill("publ");
    await expect(page.getByRole("radio")).toHaveCount(1);
    await page.getByLabel("Search roles").fill("");
  });

  await test.step("what is missing is said, and the review tells power, risk and end", async () => {
    await page.getByRole("button", { name: "Review" }).click();
    await expect(page.getByText("needs at least 2 characters")).toBeVisible();
    await page.getByLabel("Name").fill("Preview build");
    await page.getByRole("radio", { name: "Publisher" }).click();
    await page.getByRole("button", { name: "Review" }).click();
    await expect(page.getByText("Medium risk")).toBeVisible();
    await expect(page.getByText("It can publish or delete what visitors see.")).toBeVisible();
    await expect(page.getByText("in 30 days")).toBeVisible();
    await scanAxe(page);
    await page.getByRole("button", { name: "Back" }).click();
    await expect(page.getByLabel("Name")).toHaveValue("Preview build");
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

/** Copies the value shown once, says it is stored, and closes. */
async function store(page: Page): Promise<string> {
  const dialog = page.getByRole("alertdialog");
  await dialog.getByRole("button", { name: "Copy" }).click();
  await expect(dialog.getByText("Copied", { exact: true })).toBeVisible();
  const value = await page.evaluate(() => navigator.clipboard.readText());
  await dialog.getByLabel("I have stored this token").click();
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(dialog).toBeHidden();
  return value;
}
