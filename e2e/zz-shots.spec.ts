import { expect, test } from "./fixtures/test";

test("pictures", async ({ page, server, signIn }) => {
  test.setTimeout(240_000);
  await signIn(page, server.seed.acme.people.owner);
  for (const [w, h] of [[1440, 900], [390, 844]] as const)
    for (const scheme of ["light", "dark"] as const) {
      await page.setViewportSize({ width: w, height: h });
      await page.emulateMedia({ colorScheme: scheme });
      await page.goto("/audit");
      await expect(page.getByRole("slider")).toBeVisible();
      await page.screenshot({ path: `/tmp/shots/few-${w}-${scheme}.png` });
    }
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto("/audit?outcome=denied&time=7d");
  await page.screenshot({ path: `/tmp/shots/none.png` });
  await page.getByRole("button", { name: "Views" }).click();
  await page.getByRole("menuitem", { name: "Save this view…" }).click();
  await page.screenshot({ path: `/tmp/shots/save.png` });
  await page.getByRole("textbox", { name: "Name" }).fill("Refusals");
  await page.getByRole("button", { name: "Save view" }).click();
  await page.getByRole("button", { name: "Refusals" }).click();
  await page.screenshot({ path: `/tmp/shots/views.png` });
});
