import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { changePassword } from "@/lib/auth/change-password";
import { mintSecret } from "@/lib/kernel/secrets";
import { db } from "@/lib/kernel/db";
import { newLoginClient, PASSWORD } from "@/lib/testing/login";
import { codeMailedTo, mailsTo } from "@/lib/testing/mail";
import { codeOf, foundOrganization, ORIGIN, textOf, type TestOrganization } from "@/lib/testing/organization";
import { deactivateUser } from "@/lib/users/commands";
import { startChallenge } from "./challenge";
import { requestPasswordReset, RequestReset, resetPassword } from "./password-reset";
import { verifyPassword } from "./passwords";
import { personCtx } from "./person-ctx";
import { startSession } from "./sessions";
import { signIn } from "./sign-in";

const NEW = "seven quiet herons at dusk";

let acme: TestOrganization;
let client: Awaited<ReturnType<typeof newLoginClient>>;
let email: string;
let networks = 0;
const stranger = () => ({ ...ORIGIN, ip: `198.51.100.${++networks}` });
const ask = (address: string, from = stranger()) => requestPasswordReset(from, { address });
const reset = (code: string, password = NEW) => resetPassword(stranger(), { code, password });
const hashOf = async () => (await db().user.findUniqueOrThrow({ where: { id: client.userId } })).passwordHash;

beforeAll(async () => {
  acme = await foundOrganization();
});
beforeEach(async () => {
  client = await newLoginClient(acme);
  email = client.input.user_name;
});

/** The code of a link that was mailed to the person. */
async function linked(): Promise<string> {
  await ask(email);
  return codeMailedTo(acme.id, email);
}

describe("asking for a new password", () => {
  test("mails a link that is good for an hour, kept as a digest, with one event that lacks it", async () => {
    const code = await linked();
    const [mail] = await mailsTo(acme.id, email);
    expect(mail?.subject).toBe("Choose a new password");
    expect(mail?.text).toContain(`http://127.0.0.1:3000/reset/${code}\n`);
    const [row] = await db().passwordReset.findMany({ where: { userId: client.userId } });
    expect((row?.expiresAt.getTime() ?? 0) - (row?.createdAt.getTime() ?? 0)).toBe(3_600_000);
    const told = (await acme.events()).filter(({ targetId }) => targetId === client.userId).slice(-1);
    expect(told).toMatchObject([{ action: "user.reset_mailed", actorType: "system" }]);
    expect(textOf(told)).not.toContain(code);
  });

  test("answers alike for any spelling, for nobody's address and for what is none; only the person gets a mail", async () => {
    const answers = [];
    for (const address of [
      ` ${email.toUpperCase()} `,
      "nobody@example.com",
      "not an address",
      `${email}\nBcc: x@example.com`,
    ])
      answers.push(await ask(address));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await mailsTo(acme.id, email)).toHaveLength(1);
    expect(RequestReset.safeParse({ address: "" }).success).toBe(false);
  });

  test("mails nobody who has left or never joined", async () => {
    await db().user.update({ where: { id: client.userId }, data: { status: "invited" } });
    await ask(email);
    await db().user.update({ where: { id: client.userId }, data: { status: "active" } });
    await deactivateUser(acme.owner, client.userId);
    await ask(email);
    expect(await mailsTo(acme.id, email)).toEqual([]);
  });

  test("fills no mailbox, which shows to nobody, and a network may ask for twenty in all", async () => {
    for (let i = 0; i < 5; i++) await ask(email);
    expect(await mailsTo(acme.id, email)).toHaveLength(3);
    const from = stranger();
    for (let i = 0; i < 20; i++) await ask(`nobody${i}@example.com`, from);
    expect(await codeOf(ask("nobody@example.com", from))).toBe("too_many_requests");
  });
});

describe("choosing a new password by the link", () => {
  test("sets it, signs nobody in, and ends every session, login and link of the person", async () => {
    const [other, code] = [await linked(), await linked()];
    await client.logIn();
    const { userId: owner } = client;
    await db().externalIdentity.create({
      data: { issuer: "https://id.example.com", subject: owner, userId: owner, organizationId: acme.id },
    });
    await reset(code);
    expect(await db().externalIdentity.count({ where: { userId: owner } })).toBe(0);
    expect(await verifyPassword(await hashOf(), NEW)).toBe(true);
    const { userId } = client;
    expect(await db().session.count({ where: { userId, endedAt: null } })).toBe(0);
    expect(await db().loginGrant.count({ where: { userId, endedAt: null } })).toBe(0);
    expect(await db().passwordReset.count({ where: { userId, endedAt: null } })).toBe(0);
    expect(await codeOf(reset(other))).toBe("link_not_valid");
    const told = (await acme.events()).slice(-4);
    expect(told.map(({ action }) => action)).toEqual([
      "user.password_reset",
      "session.ended",
      "login.revoked",
      "identity.unlinked",
    ]);
    expect(textOf(told)).not.toMatch(/lki_|herons/);
  });

  test("ends the sign-ins that had looked at the old one: nothing they were about to start lives", async () => {
    const code = await linked();
    const attempts = [1, 2, 3, 4].flatMap(() => [
      signIn(stranger(), { email, password: PASSWORD, kind: "api" }).catch(() => "refused"),
      client.logIn().catch(() => "refused"),
    ]);
    await reset(code);
    await Promise.all(attempts);
    const { userId } = client;
    expect(await db().session.count({ where: { userId, endedAt: null } })).toBe(0);
    expect(await db().loginGrant.count({ where: { userId, endedAt: null } })).toBe(0);

    const ctx = await personCtx(stranger(), await db().user.findUniqueOrThrow({ where: { id: userId } }));
    const letInBy = { passwordHash: "the one before" };
    expect(await codeOf(startSession(ctx, 12, "browser", { letInBy }))).toBe("session_ended");
    expect(await codeOf(startChallenge(ctx, "browser", letInBy))).toBe("session_ended");
    expect(await codeOf(startSession(ctx, 12, "browser", { letInBy: { passwordHash: await hashOf() } }))).toBe("none");
  });

  test("tells the person, and opens what somebody else's guesses had locked", async () => {
    const code = await linked();
    for (let i = 0; i < 6; i++) await signIn(stranger(), { email, password: "a wrong guess" });
    expect(await signIn(stranger(), { email, password: PASSWORD })).toBe("locked");
    await reset(code);
    expect(await signIn(stranger(), { email, password: NEW })).toMatchObject({ userId: client.userId });
    expect((await mailsTo(acme.id, email))[0]?.subject).toBe("Your password was changed");
  });

  test("works once, of ten at the same time", async () => {
    const code = await linked();
    const codes = await Promise.all(Array.from({ length: 10 }, () => codeOf(reset(code))));
    expect(codes.sort()).toEqual([...Array.from({ length: 9 }, () => "link_not_valid"), "none"]);
  });

  test("does not work after its hour, after the password was changed, or after the person has left", async () => {
    const before = await hashOf();
    const expired = await linked();
    await db().passwordReset.updateMany({ where: { userId: client.userId }, data: { expiresAt: new Date() } });
    const unknown = mintSecret("link").value;
    for (const code of [expired, unknown, `${unknown}x`, "", "lki_"])
      expect(await codeOf(reset(code))).toBe("link_not_valid");
    const code = await linked();
    await changePassword(client.ctx, client.userId, { oldPassword: PASSWORD, password: "another heron, another dusk" });
    expect(await codeOf(reset(code))).toBe("link_not_valid");
    const last = await linked();
    await deactivateUser(acme.owner, client.userId);
    expect(await codeOf(reset(last))).toBe("link_not_valid");
    expect(await hashOf()).not.toBe(before);
  });

  test("refuses one that is short or easy to guess, and keeps the link", async () => {
    const code = await linked();
    expect(await codeOf(reset(code, "short"))).toBe("invalid_input");
    expect(await codeOf(reset(code, "passwordpassword"))).toBe("invalid_input");
    expect(await codeOf(reset(code, email))).toBe("invalid_input");
    expect(await codeOf(reset(code))).toBe("none");
  });
});
