import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Page } from "playwright/test";
import { verifyByPython } from "./fixtures/bundles";
import { sealed } from "./fixtures/sealed";
import { expect, test } from "./fixtures/test";

const verdict = (page: Page, words: RegExp) => page.getByText(words);

test("an auditor verifies the whole trail in the browser, and again after it has grown", async ({
  page,
  server,
  signIn,
  scanAxe,
}) => {
  await signIn(page, server.seed.acme.people.auditor);
  await sealed(page);
  await page.goto("/audit/integrity");
  await expect(page.getByText("This browser has not verified the trail yet.")).toBeVisible();
  await scanAxe(page);

  await page.getByRole("button", { name: "Verify the whole trail" }).click();
  await expect(verdict(page, /^Verified: all \d+ events of the log$/)).toBeVisible();
  await expect(page.getByText(/This browser trusts latchkey-[0-9a-f]{8} and has seen \d+ events/)).toBeVisible();
  await expect(page.getByText("No key was given that you trust", { exact: false })).toBeVisible();

  await page.getByRole("button", { name: "Verify the whole trail" }).click();
  await expect(page.getByText("No key was given that you trust", { exact: false })).toBeHidden();
  await expect(verdict(page, /^Verified: all \d+ events of the log$/)).toBeVisible();
  await expect(page.getByText("1 checkpoint from elsewhere")).toBeVisible();
  await scanAxe(page);

  await page.getByLabel("From event").fill("1");
  await page.getByLabel("Up to, without").fill("3");
  await page.getByRole("button", { name: "Verify the range" }).click();
  await expect(verdict(page, /^Verified: every event from 1 up to 3, 2 events$/)).toBeVisible();

  await page.goto("/audit?action=trail.verified");
  await expect(page.getByRole("table", { name: "Events" }).getByRole("row")).toHaveCount(4);
});

test("a browser that has seen another log says so, whatever the server signs", async ({ page, server, signIn }) => {
  await signIn(page, server.seed.acme.people.auditor);
  await sealed(page);
  await page.goto("/audit/integrity");
  await page.getByRole("button", { name: "Verify the whole trail" }).click();
  await expect(verdict(page, /^Verified: all/)).toBeVisible();
  const key = `latchkey.trail.${server.seed.acme.id}`;
  const kept = await page.evaluate((name) => localStorage.getItem(name) ?? "", key);
  const remember = (text: string) =>
    page.evaluate(([name = "", value = ""]) => localStorage.setItem(name, value), [key, text]);
  // As if the log had been longer when the browser saw it; and below, as if it had had other events.
  await remember(kept.replace(/(latchkey\/[^\\]+\\n)\d+/, "$199999"));
  await page.getByRole("button", { name: "Verify the whole trail" }).click();
  await expect(page.getByText(/what this browser has seen before: The log is shorter than it was/)).toBeVisible();
  await remember(kept.replace(/\\n[A-Za-z0-9+/]{43}=\\n/, `\\n${"A".repeat(43)}=\\n`));
  await page.getByRole("button", { name: "Verify the whole trail" }).click();
  await expect(page.getByText(/it was rewritten/)).toBeVisible();
});

test("an exported bundle verifies from its file, in the browser and in Python, and a changed one does not", async ({
  page,
  server,
  signIn,
}) => {
  await signIn(page, server.seed.acme.people.auditor);
  await sealed(page);
  await page.goto("/audit/integrity");
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export bundle" }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^latchkey-acme-0-\d+-\d{4}-\d\d-\d\d\.zip$/);
  const file = await download.path();

  expect(await verifyByPython(server, file)).toContain(": VERIFIED\n");

  const choose = (buffer: Buffer) =>
    page.getByLabel("Bundle").setInputFiles({ name: "bundle.zip", mimeType: "application/zip", buffer });
  const bytes = await readFile(file);
  await choose(bytes);
  // The server goes on appending to its own file, and a browser reads none that changed since it was chosen.
  const buffer = await readFile(path.join(server.dataDir, "checkpoints.log"));
  const outside = { name: "checkpoints.log", mimeType: "text/plain", buffer };
  await page.getByLabel("Checkpoints from outside").setInputFiles(outside);
  await page.getByRole("button", { name: "Verify the bundle" }).click();
  await expect(verdict(page, /^Verified: all/)).toBeVisible();

  const reported = async () => {
    const answer = await page.request.get("/v1/audit-events?action=trail.verified&limit=1");
    return ((await answer.json()) as { data: { after: object }[] }).data.map(({ after }) => after);
  };
  await expect.poll(reported).toMatchObject([{ from: 0, result: "verified", bundle: true, isComplete: true }]);

  const changed = Buffer.from(bytes);
  changed[200] = (changed[200] as number) ^ 1;
  await choose(changed);
  await page.getByRole("button", { name: "Verify the bundle" }).click();
  await expect(page.getByText("Not verified")).toBeVisible();
});
