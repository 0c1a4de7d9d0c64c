import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { beforeEach, expect, test } from "vitest";
import { env } from "@/lib/kernel/env";
import { readOutbox } from "./outbox";
import { sendMail } from "./send";

const directory = () => path.join(env().dataDir, "outbox");
const mail = (organizationId: string, subject = "You are invited") => ({
  organizationId,
  to: "lena@example.com",
  subject,
  text: "Hello Lena,\n\nzwei Zeilen: ü\n",
});

// Other files of this process may have sent mails.
beforeEach(() => rmSync(directory(), { recursive: true, force: true }));

test("without a mail server a mail is a file that only its owner may read", async () => {
  expect(await sendMail(mail("60-one"))).toBe(true);
  const [name = ""] = readdirSync(directory());
  expect(name).toMatch(/^20\d\d-\d\d-\d\dT[\d-]+Z-you-are-invited-[a-z]{6}\.eml$/);
  expect(statSync(directory()).mode & 0o777).toBe(0o700);
  expect(statSync(path.join(directory(), name)).mode & 0o777).toBe(0o600);
  expect(readFileSync(path.join(directory(), name), "utf8")).toContain("To: lena@example.com\n");
});

test("an organization reads its own mails, the newest first, as they were written", async () => {
  await sendMail(mail("60-two", "First"));
  await sendMail(mail("60-two", "Second\nX-Organization: 60-three"));
  const mails = await readOutbox("60-two");
  expect(mails.map(({ subject }) => subject)).toEqual(["Second X-Organization: 60-three", "First"]);
  expect(mails[1]).toEqual({ ...mail("60-two", "First"), sentAt: expect.stringMatching(/Z$/) });
  expect(await readOutbox("60-three")).toEqual([]);
});

test("the newest two hundred are kept", async () => {
  for (let i = 0; i < 205; i++) await sendMail(mail("60-many"));
  expect(readdirSync(directory())).toHaveLength(200);
  expect(await readOutbox("60-many")).toHaveLength(200);
});
