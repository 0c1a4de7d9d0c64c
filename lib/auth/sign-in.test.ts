import { beforeAll, beforeEach, expect, test } from "vitest";
import { markDevice } from "@/lib/auth/known-device";
import { hashPassword } from "@/lib/auth/passwords";
import { signIn } from "@/lib/auth/sign-in";
import { addressBucket } from "@/lib/auth/throttle";
import { db } from "@/lib/kernel/db";
import { newId } from "@/lib/kernel/new-id";
import { foundOrganization, ORIGIN, type TestOrganization, textOf } from "@/lib/testing/organization";

const PASSWORD = "correct horse battery staple";
let organization: TestOrganization;
let passwordHash: string;
let address = 0;

beforeAll(async () => {
  organization = await foundOrganization();
  passwordHash = await hashPassword(PASSWORD);
});

/** Each test comes from a network of its own. */
let origin = ORIGIN;
beforeEach(() => {
  origin = { ...ORIGIN, ip: `198.51.100.${++address}` };
});

async function person(status: "active" | "deactivated" = "active") {
  const id = newId("user");
  const email = `${id}@example.com`;
  await db().user.create({
    data: { id, organizationId: organization.id, email, passwordHash, status, firstName: "Ada", lastName: "Byron" },
  });
  return { id, email };
}

const trySignIn = async (email: string, password: string, deviceMark?: string) => {
  const outcome = await signIn(origin, { email, password, deviceMark });
  return typeof outcome === "string" ? outcome : "signed in";
};

const failuresOf = (id: string) => db().auditEvent.count({ where: { action: "login.failed", targetId: id } });

test("the right password starts a session, and one event says so", async () => {
  const { id, email } = await person();
  const outcome = await signIn(origin, { email: ` ${email.toUpperCase()} `, password: PASSWORD });
  if (typeof outcome === "string" || "challengeId" in outcome) throw new Error("no session");
  const session = await db().session.findUniqueOrThrow({ where: { id: outcome.sessionId } });
  expect(session).toMatchObject({ userId: id, ip: origin.ip, userAgent: "test", endedAt: null });
  expect(session.expiresAt.getTime() - session.createdAt.getTime()).toBe(12 * 3_600_000);
  const events = await db().auditEvent.findMany({ where: { actorId: id } });
  expect(events).toMatchObject([
    { action: "session.started", targetId: outcome.sessionId, actorName: "Ada Byron", outcome: "allowed" },
  ]);
});

test("unknown, wrong and deactivated are refused alike, and each attempt is recorded", async () => {
  const active = await person();
  const gone = await person("deactivated");
  expect(await trySignIn(active.email, "wrong horse battery staple")).toBe("refused");
  expect(await trySignIn(gone.email, PASSWORD)).toBe("refused");
  expect(await trySignIn("nobody@example.com", PASSWORD)).toBe("refused");
  expect(await failuresOf(active.id)).toBe(1);
  expect(await failuresOf(gone.id)).toBe(1);
  const unknown = await db().auditEvent.findFirstOrThrow({ where: { action: "login.failed", targetId: null } });
  expect(unknown).toMatchObject({ targetName: "unknown account", organizationId: null, ip: origin.ip });
  expect(textOf(unknown)).not.toContain("nobody@example.com");
});

test("of 200 parallel wrong passwords at most ten reach the hash, and the right one straight after is locked", async () => {
  const { id, email } = await person();
  const outcomes = await Promise.all(
    Array.from({ length: 200 }, (_, i) => trySignIn(email, `wrong password number ${i}`)),
  );
  expect(outcomes.filter((outcome) => outcome === "signed in")).toEqual([]);
  expect(await failuresOf(id)).toBeLessThanOrEqual(10);
  expect(outcomes.filter((outcome) => outcome === "locked").length).toBeGreaterThanOrEqual(190);
  origin = { ...ORIGIN, ip: "203.0.113.77" };
  expect(await trySignIn(email, PASSWORD)).toBe("locked");
});

test("an unknown account is locked after as many failures as a known one", async () => {
  const { email } = await person();
  const outcomesOf = async (spelling: string) => {
    const outcomes = [];
    for (let i = 0; i < 7; i++) outcomes.push(await trySignIn(spelling, "wrong horse battery staple"));
    return outcomes;
  };
  const expected = ["refused", "refused", "refused", "refused", "refused", "locked", "locked"];
  expect(await outcomesOf(email)).toEqual(expected);
  expect(await outcomesOf("stranger@example.com")).toEqual(expected);

  const { id: organizationId } = organization;
  await db().deployment.create({ data: { organizationId } });
  await db().organization.update({ where: { id: organizationId }, data: { lockoutThreshold: 3 } });
  const sooner = ["refused", "refused", "refused", "locked", "locked", "locked", "locked"];
  expect(await outcomesOf((await person()).email)).toEqual(sooner);
  expect(await outcomesOf("other@example.com")).toEqual(sooner);
  await db().organization.update({ where: { id: organizationId }, data: { lockoutThreshold: 5 } });
});

test("every spelling of an address fills the same bucket", async () => {
  const { email } = await person();
  const spellings = [
    email.toUpperCase(),
    ` ${email}`,
    `${email}\0`,
    email.replace("@", "\u200b@"),
    email.replace("@", "＠"),
  ];
  for (const spelling of spellings) expect(await trySignIn(spelling, "wrong horse battery staple")).toBe("refused");
  expect(await trySignIn(email, PASSWORD)).toBe("locked");
});

test("the lock opens when its window ends, and the right password empties the bucket", async () => {
  const { email } = await person();
  for (let i = 0; i < 6; i++) await trySignIn(email, "wrong horse battery staple");
  expect(await trySignIn(email, PASSWORD)).toBe("locked");
  await db().$executeRaw`update login_throttle set window_ends = window_ends - interval '5 minutes'`;
  expect(await trySignIn(email, PASSWORD)).toBe("signed in");
  for (let i = 0; i < 4; i++) await trySignIn(email, "wrong horse battery staple");
  expect(await trySignIn(email, PASSWORD)).toBe("signed in");
  expect(await trySignIn(email, "wrong horse battery staple")).toBe("refused");
});

test("a device that signed in before is not locked out by a stranger", async () => {
  const { email } = await person();
  for (let i = 0; i < 6; i++) await trySignIn(email, "wrong horse battery staple");
  expect(await trySignIn(email, PASSWORD)).toBe("locked");
  expect(await trySignIn(email, PASSWORD, markDevice(email))).toBe("signed in");
});

test("a device's mark is worth nothing when it was forged, altered or made for somebody else", async () => {
  const { email } = await person();
  const mark = markDevice(email);
  for (let i = 0; i < 6; i++) await trySignIn(email, "wrong horse battery staple");
  const forged = [
    markDevice("eve@example.com"),
    `x${mark}`,
    `${mark}x`,
    mark.split(".")[0],
    `${mark.split(".")[0]}.`,
    "a.b.c",
    "",
  ];
  for (const each of forged) expect(await trySignIn(email, PASSWORD, each)).toBe("locked");
});

test("a marked device has few attempts too", async () => {
  const { email } = await person();
  const mark = markDevice(email);
  for (let i = 0; i < 5; i++) expect(await trySignIn(email, "wrong horse battery staple", mark)).toBe("refused");
  expect(await trySignIn(email, PASSWORD, mark)).toBe("locked");
});

test("one network has fifty attempts, whatever accounts it tries", async () => {
  await db().loginThrottle.create({
    data: { bucket: addressBucket(origin.ip).digest, failures: 49, windowEnds: new Date(Date.now() + 60_000) },
  });
  const { email } = await person();
  expect(await trySignIn("first@example.com", "wrong horse battery staple")).toBe("refused");
  expect(await trySignIn(email, PASSWORD)).toBe("locked");
});

test("people who sign in use up nothing of their network's attempts", async () => {
  const full = { bucket: addressBucket(origin.ip).digest, failures: 49, windowEnds: new Date(Date.now() + 60_000) };
  await db().loginThrottle.create({ data: full });
  for (let i = 0; i < 3; i++) expect(await trySignIn((await person()).email, PASSWORD)).toBe("signed in");
  expect(await trySignIn("first@example.com", "wrong horse battery staple")).toBe("refused");
  expect(await trySignIn((await person()).email, PASSWORD)).toBe("locked");
});

test("a known device is not locked out by strangers on its network", async () => {
  const { email } = await person();
  const full = { bucket: addressBucket(origin.ip).digest, failures: 51, windowEnds: new Date(Date.now() + 60_000) };
  await db().loginThrottle.create({ data: full });
  expect(await trySignIn(email, PASSWORD)).toBe("locked");
  expect(await trySignIn(email, PASSWORD, markDevice(email))).toBe("signed in");
});

test("a /64 of IPv6 is one network, its neighbor another, and mapped IPv4 is IPv4", () => {
  const bucket = (ip: string) => Buffer.from(addressBucket(ip).digest).toString("hex");
  expect(bucket("2001:db8:1:2::1")).toBe(bucket("2001:db8:1:2:ffff:ffff:ffff:ffff"));
  expect(bucket("2001:db8:1:2::1")).not.toBe(bucket("2001:db8:1:3::1"));
  expect(bucket("::ffff:203.0.113.7")).toBe(bucket("203.0.113.7"));
  expect(bucket("203.0.113.7")).not.toBe(bucket("203.0.113.8"));
});
