import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { store } from "./fixtures/reveal";
import { expect, test as base } from "./fixtures/test";

interface Receiver {
  url: string;
  /** What it answers. */
  status: number;
  received: { body: string; signature: string }[];
}

const test = base.extend<{ receiver: Receiver }>({
  receiver: async ({}, use) => {
    const receiver: Receiver = { url: "", status: 204, received: [] };
    const server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk) => (body += chunk));
      request.on("end", () => {
        receiver.received.push({ body, signature: String(request.headers["latchkey-signature"]) });
        response.writeHead(receiver.status).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/in`;
    await use(receiver);
    server.close();
  },
});

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

test("a stream is created, tested, paused, resumed, given a new secret and deleted, and each secret is shown once", async ({
  page,
  server,
  signIn,
  scanAxe,
  receiver,
}) => {
  test.setTimeout(120_000);
  await signIn(page, server.seed.acme.people.admin);
  const sheet = page.getByRole("dialog", { name: "SIEM" });
  const isSignedBy = ({ body, signature }: Receiver["received"][number], secret: string) => {
    const at = /^t=(\d+)/.exec(signature)?.[1];
    return signature.includes(`v1=${createHmac("sha256", secret).update(`${at}.${body}`).digest("hex")}`);
  };

  const secret = await test.step("the empty page leads to a stream, whose secret is shown once", async () => {
    await page.goto("/audit/streams");
    await expect(page.getByText("The trail is sent nowhere")).toBeVisible();
    await page.getByRole("button", { name: "Create stream" }).click();
    const dialog = page.getByRole("dialog", { name: "Create a stream" });
    await dialog.getByLabel("Name").fill("SIEM");
    await dialog.getByLabel("Address").fill("ftp://127.0.0.1/");
    await dialog.getByRole("button", { name: "Create stream" }).click();
    await expect(dialog.getByText("must be an address such as", { exact: false })).toBeVisible();
    await dialog.getByLabel("Address").fill(receiver.url);
    await dialog.getByRole("button", { name: "Create stream" }).click();
    const value = await store(page, "secret");
    await expect(page.getByRole("row", { name: /SIEM/ })).toBeVisible();
    expect(await page.content()).not.toContain(value);
    return value;
  });

  await test.step("events arrive signed by it, and a test tells whether the receiver takes it", async () => {
    await expect.poll(() => receiver.received.some(({ body }) => body.includes("stream.created"))).toBe(true);
    await page.getByRole("row", { name: /SIEM/ }).click();
    await expect(page).toHaveURL(/\?stream=/);
    await page.reload();
    await sheet.getByRole("button", { name: "Send a test" }).click();
    await expect(sheet.getByText("Test", { exact: true })).toBeVisible();
    await expect(sheet.getByText("Taken").first()).toBeVisible();
    expect(receiver.received.every((each) => isSignedBy(each, secret))).toBe(true);
    receiver.status = 500;
    await sheet.getByRole("button", { name: "Send a test" }).click();
    await expect(sheet.getByText("It answered 500.").first()).toBeVisible();
    await scanAxe(page);
  });

  await test.step("paused, nothing is sent; resumed, what waited is", async () => {
    await sheet.getByRole("button", { name: "Pause" }).click();
    await expect(sheet.getByText("Paused")).toBeVisible();
    receiver.status = 204;
    await sheet.getByRole("button", { name: "Resume" }).click();
    await expect(sheet.getByText("Delivering")).toBeVisible();
    await expect.poll(() => receiver.received.some(({ body }) => body.includes("stream.resumed"))).toBe(true);
  });

  await test.step("a new secret is shown once, and signs beside the earlier one", async () => {
    await sheet.getByRole("button", { name: "More about this stream" }).click();
    await page.getByRole("menuitem", { name: "Rotate the secret…" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Rotate secret" }).click();
    const second = await store(page, "secret");
    expect(second).not.toBe(secret);
    await expect(sheet.getByText("signs too until")).toBeVisible();
    await sheet.getByRole("button", { name: "Send a test" }).click();
    await expect
      .poll(() => receiver.received.some((each) => isSignedBy(each, second) && isSignedBy(each, secret)))
      .toBe(true);
    await expect(sheet.getByText("Test", { exact: true })).toHaveCount(3);
  });

  await test.step("deleted, it is gone", async () => {
    await sheet.getByRole("button", { name: "More about this stream" }).click();
    await page.getByRole("menuitem", { name: "Delete…" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Delete stream" }).click();
    await expect(page.getByText("The trail is sent nowhere")).toBeVisible();
    await expect(sheet).toBeHidden();
  });
});
