import { signInByHttp } from "./fixtures/api-client";
import { expect, test } from "./fixtures/test";

test("a key's calls show by themselves: by the day with reasons, by caller, in lists, on the overview and before it is revoked", async ({
  page,
  server,
  signIn,
  scanAxe,
}) => {
  test.setTimeout(120_000);
  const owner = await signInByHttp(server.origin, server.seed.acme.people.owner);
  const app = await owner.call<{ ZUID: string }>("POST", "/v1/apps", { name: "Counted" });
  const made = { name: "Tills", rateLimit: { requests: 3, seconds: 3_600 } };
  const key = await owner.call<{ ZUID: string; key: string }>("POST", `/v1/apps/${app.data.ZUID}/keys`, made);
  const call = async () =>
    (await fetch(`${server.origin}/v1/token`, { headers: { authorization: `apikey ${key.data.key}` } })).status;
  const appPath = `/admin/setup/apps/${app.data.ZUID}`;
  await signIn(page, server.seed.acme.people.admin);
  const chart = page.getByRole("region", { name: "Calls in the last 30 days" });
  const day = chart.getByRole("slider", { name: "Calls by day" });

  await test.step("a key that nobody has used shows no empty charts, and its first calls by themselves", async () => {
    await page.goto(`${appPath}/keys/${key.data.ZUID}`);
    await expect(page.getByText("Never used.")).toBeVisible();
    await expect(chart).toHaveCount(0);
    expect([await call(), await call(), await call(), await call()]).toEqual([200, 200, 200, 429]);
    await expect(chart).toContainText("3 allowed and 1 refused in 30 days", { timeout: 30_000 });
    await expect(chart.getByRole("list", { name: "Of 30 days" })).toContainText("1 over the rate");
    await expect(page.getByRole("list", { name: "Callers" })).toContainText("127.0.0.1");
    await expect(page.getByRole("list", { name: "Callers" })).toContainText("3 allowed, 1 refused");
    await scanAxe(page);
  });

  await test.step("the days are read with the arrow keys, with the pointer and as a table", async () => {
    await day.focus();
    await expect(day).toHaveAttribute("aria-valuetext", /: 3 allowed, 1 refused \(1 over the rate\)$/);
    await page.keyboard.press("ArrowLeft");
    await expect(day).toHaveAttribute("aria-valuetext", /: no calls$/);
    await page.keyboard.press("End");
    await expect(chart).toContainText("3 allowed, 1 refused (1 over the rate)");
    await day.blur();
    await day.hover({ position: { x: 4, y: 60 } });
    await expect(chart).toContainText(": no calls");
    await chart.getByText("As a table").click();
    await expect(chart.getByRole("row")).toHaveCount(31);
    await expect(chart.getByRole("row").last()).toContainText("31");
    await scanAxe(page);
  });

  await test.step("before it is revoked, how many would fail is told", async () => {
    await page.getByRole("button", { name: "Revoke", exact: true }).click();
    await expect(page.getByRole("alertdialog")).toContainText(
      "3 calls in the last 24 hours and 3 calls in 30 days, from 1 address.",
    );
    await page.getByRole("button", { name: "Cancel" }).click();
  });

  await test.step("the lists have the last hours as bars with their words", async () => {
    const words = "3 allowed and 1 refused in the last 36 hours";
    await page.goto(appPath);
    await expect(page.getByRole("row", { name: /Tills/ }).getByRole("img", { name: words })).toBeVisible();
    await page.goto("/credentials?q=Counted");
    await expect(page.getByRole("row", { name: /Tills/ }).getByRole("img", { name: words })).toBeVisible();
    await scanAxe(page);
  });

  await test.step("a reason on the overview leads to the credentials that were refused for it", async () => {
    await page.goto("/");
    const verifications = page.getByRole("region", { name: "Verifications in the last 30 days" });
    await verifications.getByRole("link", { name: /over the rate$/ }).click();
    await expect(page).toHaveURL(/\/credentials\?refused=RATE_LIMITED$/);
    await expect(page.getByRole("link", { name: "Tills" })).toBeVisible();
    await scanAxe(page);
  });
});
