import { signInByHttp } from "./fixtures/api-client";
import { expect, test } from "./fixtures/test";

test("several credentials are revoked together after their number was typed, each with its own event and result", async ({
  page,
  server,
  signIn,
  faults,
}) => {
  faults.allow(/^409 DELETE \/v1\/tokens\//);
  const { instanceId, people, roleIds } = server.seed.acme;
  const owner = await signInByHttp(server.origin, people.owner);
  const app = await owner.call<{ ZUID: string }>("POST", "/v1/apps", { name: "Old foyer" });
  await owner.call("POST", `/v1/apps/${app.data.ZUID}/keys`, { name: "Foyer front desk" });
  const tokens = [];
  for (const name of ["Foyer night import", "Foyer day import"]) {
    const body = { name, roleZUID: roleIds.publisher, instanceZUID: instanceId };
    tokens.push((await owner.call<{ ZUID: string }>("POST", "/v1/tokens", body)).data.ZUID);
  }

  await signIn(page, people.owner);
  await page.goto("/");
  await expect(page.getByRole("navigation").getByRole("link", { name: "Credentials" })).toBeVisible();
  // The server is shared with other journeys, which leave credentials of other names.
  await page.goto("/credentials?q=foyer");
  await expect(page.getByRole("row", { name: /Foyer night import.*Access token.*Acme Main/ })).toBeVisible();
  await page.getByRole("checkbox", { name: "Select all rows of this page" }).check();
  await page.getByRole("button", { name: "Revoke 3…" }).click();
  const dialog = page.getByRole("alertdialog");
  const confirm = dialog.getByRole("button", { name: "Revoke 3 credentials" });
  await expect(confirm).toBeDisabled();
  await dialog.getByLabel("No longer needed").check();
  await expect(confirm).toBeDisabled();
  await dialog.getByLabel("Type “revoke 3” to confirm").fill("Revoke 3");
  // Somebody else is first with one of them.
  await owner.call("DELETE", `/v1/tokens/${tokens[0]}`, { reason: "leaked" });
  await confirm.click();

  const results = page.getByRole("dialog");
  await expect(results.getByRole("heading")).toHaveText("2 of 3 are revoked");
  await expect(results).toContainText("This token was revoked already.");
  await results.getByRole("button", { name: "Done" }).click();
  await expect(page.getByText("3 selected")).toBeHidden();
  await expect(page.getByRole("cell", { name: "Revoked" })).toHaveCount(3);
  const events = await owner.call<{ target: { name: string }; reason: string }[]>(
    "GET",
    "/v1/audit-events?action=key.revoked,token.revoked&outcome=allowed&q=foyer",
  );
  expect(events.data.map(({ target, reason }) => [target.name, reason])).toEqual([
    ["Foyer front desk", "no longer needed"],
    ["Foyer day import", "no longer needed"],
    ["Foyer night import", "leaked"],
  ]);
});

test("who may not revoke selects nothing", async ({ page, server, signIn }) => {
  await signIn(page, server.seed.acme.people.auditor);
  await page.goto("/credentials");
  await expect(page.getByRole("checkbox")).toHaveCount(0);
});
