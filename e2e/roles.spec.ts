import { signInByHttp } from "./fixtures/api-client";
import { store } from "./fixtures/reveal";
import { expect, test } from "./fixtures/test";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

const CONTRIBUTOR = "31-71cfc74-c0ntr1b0t0r";

test("an Owner narrows a role for the deploy bot while issuing its token, and the token may do that and no more", async ({
  page,
  server,
  signIn,
  scanAxe,
}) => {
  test.setTimeout(120_000);
  const { instanceId, people } = server.seed.acme;
  await signIn(page, people.owner);
  const owner = await signInByHttp(server.origin, people.owner);
  const other = await owner.call<{ ZUID: string }>("POST", "/v1/instances", { name: "Acme Elsewhere" });

  await test.step("the narrower role is made in the issue flow and chosen by itself", async () => {
    await page.goto(`/instances/${instanceId}/tokens/new`);
    await page.getByRole("textbox", { name: "Name" }).fill("Deploy bot");
    await page.getByRole("radio", { name: "Publisher" }).first().click();
    await page.getByRole("button", { name: "Make a narrower role" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill("Deploy bot");
    await dialog.getByRole("button", { name: "Make role" }).click();
    await expect(dialog.getByRole("alert").filter({ hasText: "Tick what it should allow" })).toBeVisible();
    await dialog.getByRole("gridcell", { name: "content, publish: denied" }).click();
    await expect(dialog.getByRole("gridcell", { name: "content, publish: allowed" })).toBeVisible();
    await scanAxe(page);
    await dialog.getByRole("button", { name: "Make role" }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByRole("radio", { name: "Deploy bot" })).toBeChecked();
  });

  const token = await test.step("the review names the one permission", async () => {
    await page.getByRole("button", { name: "Review" }).click();
    await expect(page.getByText("content publish")).toBeVisible();
    await page.getByRole("button", { name: "Issue token" }).click();
    return store(page);
  });

  await test.step("the token says what it may do, and is refused with what it lacks", async () => {
    const call = (path: string) => fetch(server.origin + path, { headers: { authorization: `bearer ${token}` } });
    expect((await (await call("/v1/token")).json()) as unknown).toMatchObject({
      data: { role: { name: "Deploy bot" }, permissions: ["content:publish"], instance: { ZUID: instanceId } },
    });
    for (const [path, missing] of [
      [`/v1/instances/${instanceId}/users/roles`, "users:read"],
      [`/v1/instances/${instanceId}/tokens`, "tokens:read"],
      [`/v1/instances/${instanceId}/roles`, "roles:read"],
      [`/v1/instances/${other.data.ZUID}/roles`, "roles:read"],
      ["/v1/instances", "instances:read"],
    ]) {
      const answer = await call(path ?? "");
      expect([path, answer.status]).toEqual([path, 403]);
      expect(await answer.json()).toMatchObject({ missingPermissions: [missing] });
    }
  });
});

test("the matrix is edited by the keyboard alone, says what changes for whom, and saves once", async ({
  page,
  server,
  signIn,
  scanAxe,
}) => {
  const { instanceId, people } = server.seed.acme;
  const owner = await signInByHttp(server.origin, people.owner);
  const role = await newRole(owner, instanceId, "Night desk");
  await owner.call("POST", `/v1/users/${people.contributor.id}/roles`, { roleZUID: role });
  const puts: string[] = [];
  page.on("request", (request) => request.method() === "PUT" && puts.push(new URL(request.url()).pathname));
  await signIn(page, people.owner);
  await page.goto(`/instances/${instanceId}/roles`);
  await page.getByRole("link", { name: "Night desk" }).click();
  await expect(page.getByRole("grid", { name: "Permissions" })).toBeVisible();

  await page.getByRole("gridcell", { name: "content, create: inherited, base role allows" }).focus();
  await page.keyboard.press("End");
  await expect(page.getByRole("gridcell", { name: "content, publish: inherited, base role denies" })).toBeFocused();
  await page.keyboard.press("a");
  await expect(
    page.getByRole("gridcell", { name: "content, publish: allowed, base role denies, changed" }),
  ).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Home");
  await expect(page.getByRole("gridcell", { name: /^schema, create: inherited/ })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("d");
  await expect(page.getByRole("gridcell", { name: "media, create: denied, base role allows, changed" })).toBeFocused();
  await page.keyboard.press("Space");
  await expect(page.getByRole("gridcell", { name: /^media, create: inherited/ })).toBeFocused();
  await page.keyboard.press("-");

  const changes = page.getByRole("region", { name: "What changes" });
  await expect(changes).toContainText("Gainscontent publish");
  await expect(changes).toContainText("Losesmedia create");
  // Whoever holds it is a Contributor there by another role too, so only the gain counts.
  await expect(changes).toContainText("Acme contributor: gains content:publish");
  await scanAxe(page);
  expect(puts).toEqual([]);
  await page.getByRole("button", { name: "Save changes" }).press("Enter");
  await expect(page.getByText("Night desk is changed.")).toBeVisible();
  expect(puts).toEqual([`/v1/roles/${role}/granulars`]);
  const { data } = await owner.call<{ resourceZUID: string; publish: boolean | null; create: boolean | null }[]>(
    "GET",
    `/v1/roles/${role}/granulars`,
  );
  expect(data.map(({ resourceZUID, create, publish }) => [resourceZUID, create, publish]).sort()).toEqual([
    ["content", null, true],
    ["media", false, null],
  ]);
});

test("who saves after somebody else is told so, keeps their changes, and saves them on top", async ({
  page,
  server,
  signIn,
  faults,
}) => {
  faults.allow(/^409 PUT \/v1\/roles\//);
  const { instanceId, people } = server.seed.acme;
  const owner = await signInByHttp(server.origin, people.owner);
  const role = await newRole(owner, instanceId, "Contested");
  await signIn(page, people.owner);
  await page.goto(`/instances/${instanceId}/roles/${role}`);
  await page.getByRole("gridcell", { name: /^content, delete: inherited/ }).click();
  await owner.call("PUT", `/v1/roles/${role}/granulars`, [{ resourceZUID: "media", read: false }]);
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Somebody else changed the role Contested meanwhile")).toBeVisible();
  await expect(page.getByRole("gridcell", { name: /^media, read: denied/ })).toBeVisible();
  await expect(page.getByRole("gridcell", { name: /^content, delete: allowed.*changed$/ })).toBeVisible();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Contested is changed.")).toBeVisible();
  const { data } = await owner.call<{ resourceZUID: string }[]>("GET", `/v1/roles/${role}/granulars`);
  expect(data.map(({ resourceZUID }) => resourceZUID).sort()).toEqual(["content", "media"]);
});

test("an Admin cannot lift a role beyond their own power, and an Auditor only looks", async ({
  page,
  server,
  signIn,
}) => {
  const { instanceId, people } = server.seed.acme;
  const owner = await signInByHttp(server.origin, people.owner);
  const role = await newRole(owner, instanceId, "Lifted");
  await signIn(page, people.admin);
  await page.goto(`/instances/${instanceId}/roles/${role}`);
  const beyond = page.getByRole("gridcell", { name: /^users, delete: inherited/ });
  await beyond.focus();
  await page.keyboard.press("a");
  await expect(page.getByText("users, delete: allowing it is beyond your own power")).toHaveCount(1);
  await expect(beyond).toHaveAccessibleName(/^users, delete: inherited/);

  await signIn(page, people.auditor);
  await page.goto(`/instances/${instanceId}/roles/${role}`);
  await expect(page.getByText("Your roles let you look at this role, not change it.")).toBeVisible();
  await page.getByRole("gridcell", { name: /^content, create/ }).click();
  await expect(page.getByRole("gridcell", { name: "content, create: inherited, base role allows" })).toBeVisible();
  await expect(page.getByRole("button", { name: /save|edit|delete|narrower/i })).toHaveCount(0);
});

test("a held role is deleted with a replacement that its holders get", async ({ page, server, signIn }) => {
  const { instanceId, people } = server.seed.acme;
  const owner = await signInByHttp(server.origin, people.owner);
  const role = await newRole(owner, instanceId, "Going");
  await owner.call("POST", `/v1/users/${people.publisher.id}/roles`, { roleZUID: role });
  await signIn(page, people.owner);
  await page.goto(`/instances/${instanceId}/roles/${role}`);
  await page.getByRole("button", { name: "More actions for Going" }).click();
  await page.getByRole("menuitem", { name: "Delete…" }).click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog.getByText("Acme publisher")).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Move them and delete" })).toBeDisabled();
  await dialog.getByRole("combobox").click();
  await page.getByRole("option", { name: "SEO" }).click();
  await dialog.getByRole("button", { name: "Move them and delete" }).click();
  await expect(page).toHaveURL(/\/roles$/);
  const { data } = await owner.call<{ name: string }[]>("GET", `/v1/users/${people.publisher.id}/roles`);
  expect(data.map(({ name }) => name).sort()).toEqual(["Publisher", "SEO"]);
});

async function newRole(owner: Awaited<ReturnType<typeof signInByHttp>>, entityZUID: string, name: string) {
  const body = { name, entityZUID, systemRoleZUID: CONTRIBUTOR };
  return (await owner.call<{ ZUID: string }>("POST", "/v1/roles", body)).data.ZUID;
}
