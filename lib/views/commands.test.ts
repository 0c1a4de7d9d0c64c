import { beforeAll, expect, test } from "vitest";
import { mintSecret } from "@/lib/kernel/secrets";
import { codeOf, foundOrganization, type TestOrganization } from "@/lib/testing/organization";
import { deleteView, saveView, updateView } from "./commands";
import { listViews } from "./queries";
import { SaveView, VIEWS_AT_MOST } from "./schema";

let acme: TestOrganization;
let globex: TestOrganization;
beforeAll(async () => {
  acme = await foundOrganization();
  globex = await foundOrganization();
});

const REFUSALS = { name: "Refusals", query: "outcome=denied&time=7d", isShared: false };

test("a view is its owner's, and everybody's who reads the trail once it is shared", async () => {
  const [auditor, admin] = [await acme.as("Auditor"), await acme.as("Admin")];
  const saved = await saveView(auditor, REFUSALS);
  expect(saved).toMatchObject({ ...REFUSALS, userName: "Auditor Person" });
  const names = async (ctx: typeof admin) => (await listViews(ctx)).rows.map(({ name }) => name);
  expect([await names(auditor), await names(admin)]).toEqual([["Refusals"], []]);
  await updateView(auditor, saved.ZUID, { isShared: true });
  expect([await names(admin), await names(globex.owner)]).toEqual([["Refusals"], []]);
  expect(await codeOf(updateView(admin, saved.ZUID, { name: "Mine" }))).toBe("not_found");
  expect(await codeOf(deleteView(admin, saved.ZUID))).toBe("not_found");
  expect(await codeOf(deleteView(globex.owner, saved.ZUID))).toBe("not_found");
  // Who sets the policy cleans up after who has left.
  expect((await deleteView(acme.owner, saved.ZUID)).name).toBe("Refusals");
  expect(await names(auditor)).toEqual([]);
  const mine = (await acme.events()).filter(({ targetId }) => targetId === saved.ZUID);
  expect(mine.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
    "view.saved allowed",
    "view.updated allowed",
    "view.deleted allowed",
  ]);
});

test("of two views of one name the second is refused, and of too many the last", async () => {
  const admin = await acme.as("Admin");
  await saveView(admin, REFUSALS);
  expect(await codeOf(saveView(admin, REFUSALS))).toBe("conflict");
  for (let i = 1; i < VIEWS_AT_MOST; i += 1) await saveView(admin, { ...REFUSALS, name: `View ${i}` });
  expect(await codeOf(saveView(admin, { ...REFUSALS, name: "One more" }))).toBe("conflict");
});

test("who may not read the trail has no views, and the refusal is recorded", async () => {
  const developer = await acme.as("Developer");
  expect(await codeOf(saveView(developer, REFUSALS))).toBe("forbidden");
  expect(await codeOf(listViews(developer))).toBe("forbidden");
  const refused = (await acme.events()).filter(({ actorId }) => actorId === developer.principal.id);
  expect(refused.map(({ action }) => action)).toEqual(["view.saved", "access.refused"]);
});

test("a credential that was searched for is not kept", async () => {
  const { value } = mintSecret("api_key");
  const query = new URLSearchParams({ q: `where was x${value}9` }).toString();
  expect(await codeOf(saveView(acme.owner, { ...REFUSALS, query }))).toBe("invalid_input");
  const saved = await saveView(acme.owner, REFUSALS);
  expect(await codeOf(updateView(acme.owner, saved.ZUID, { query }))).toBe("invalid_input");
});

test.each(["limit=3", "outcome=maybe", "q=a&q=b", "cursor=x", "javascript:alert(1)"])("%j is no view", (query) => {
  expect(SaveView.safeParse({ name: "View", query }).success).toBe(false);
});
