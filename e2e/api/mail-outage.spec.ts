import { existsSync } from "node:fs";
import path from "node:path";
import { expect, fresh, test } from "./world";

/** A mail server that is not there. */
test.use({ settings: { SMTP_URL: "smtp://127.0.0.1:1", MAIL_FROM: "Latchkey <keys@example.com>" } });

test("an invitation stands when its mail cannot be sent, and its sender is told", async ({ world }) => {
  const unsent = () => world.server.logs().filter((line) => line.includes("could not be sent")).length;
  const before = unsent();
  const body = {
    inviteeEmail: `${fresh("lena").replace(/ /g, "-")}@example.com`,
    entityZUID: world.target.instance,
    accessLevel: 4,
  };
  const sent = await world.send(world.callers.owner, "POST", "/v1/invites", body);
  expect([sent.status, sent.body.data?.mailed, sent.body.data?.status]).toEqual([201, false, "open"]);
  const again = await world.send(
    world.callers.owner,
    "PUT",
    `/v1/invites/${String(sent.body.data?.ZUID)}?action=resend`,
    {},
  );
  expect([again.status, again.body.data?.mailed]).toEqual([200, false]);
  const { email: address } = world.server.seed.acme.people.developer;
  expect((await world.send({}, "POST", "/auth/password-resets", { address })).status).toBe(200);
  await expect.poll(() => unsent() - before).toBe(3);
});

test("with a mail server there is no outbox, neither as a page nor as files", async ({ world }) => {
  const { owner } = world.callers;
  expect((await world.send(owner, "GET", "/admin/outbox")).status).toBe(404);
  expect((await world.send(owner, "GET", "/admin/invites")).text).not.toContain("/admin/outbox");
  expect(existsSync(path.join(world.server.dataDir, "outbox"))).toBe(false);
});
